import Foundation
import Testing

/// Runs all programs of a language on a server and compares the results with the bare interpreter.
struct FidelityCheck: Sendable {
    enum Mode: String, Decodable, Sendable {
        case exec, zygote
    }

    /// An entry of `Tests/Fidelity/differences.json`: what differs by design, and why.
    private struct Difference: Decodable {
        var program: String
        var mode: Mode
        var what: FidelityResult.Part
        var reason: String
    }

    var mode: Mode
    var language: Language
    /// Which part of the programs; see ``FidelityProgram/slices``.
    var slice: Int

    /// Records an issue for every unlisted difference, for every listed difference that no longer
    /// exists, and for every program whose interpreter was forked or exec'ed against expectation.
    func run(on api: APIClient) async throws {
        let all = try FidelityProgram.all(of: language)
        #expect(all.count >= 150)
        let expected = try expectedDifferences(of: all)
        let programs = FidelityProgram.slice(slice, of: all)
        let bare = try await BareInterpreter.results(of: language, slice: slice)
        if mode == .zygote { try await waitForZygote(on: api) }
        let found = try await inFlight(4, programs) {
            program -> [(text: String, isUnsteady: Bool)] in
            let result = try #require(bare[program.name])
            let job = try await job(of: program, on: api)
            let problems = problems(
                of: program, bare: result, job: job, expected: expected[program.name] ?? [])
            guard !problems.isEmpty else { return [] }
            let isUnsteady = try await isUnsteady(program, bare: result, job: job)
            return problems.map { (text: $0, isUnsteady: isUnsteady) }
        }
        for problem in found.flatMap({ $0 }).sorted(by: { $0.text < $1.text }) {
            if problem.isUnsteady {
                Issue.record(
                    "\(problem.text)\nThe bare interpreter does so, too, if not always.",
                    severity: .warning)
            } else {
                Issue.record(Comment(rawValue: problem.text))
            }
        }
    }

    /// Whether a fresh bare interpreter gives the very result that CodeBox gave, in one of many
    /// runs: then the program has several results, and this one is right.
    private func isUnsteady(
        _ program: FidelityProgram, bare: FidelityResult, job: JobAnswer
    ) async throws -> Bool {
        let isForked = job.timings?.forked ?? false
        guard isForked == (mode == .zygote && program.mayFork) else { return false }
        let result = FidelityResult(job)
        guard result != bare else { return false }
        // So many at once interrupt each other anywhere, as a busy machine interrupted the job.
        let tries = try await inFlight(16, Array(repeating: program, count: 64)) {
            try await BareInterpreter.run($0) == result
        }
        return tries.contains(true)
    }

    /// Waits for the zygote; before it is up, jobs are exec'ed.
    private func waitForZygote(on api: APIClient) async throws {
        let missing = try await remaining(after: .seconds(60)) { () -> String? in
            let job = try await api.run(JobBody(language, ""))
            return job.timings?.forked == true ? nil : "no \(language) was forked within 60 s"
        }
        if let missing { throw BareInterpreter.Failed(description: missing) }
    }

    /// Runs a program; one with a zygote of its own until it is forked.
    private func job(of program: FidelityProgram, on api: APIClient) async throws -> JobAnswer {
        let body = Array(program.body.text.utf8)
        func run() async throws -> JobAnswer {
            try api.expect(200, from: try await api.send("POST", "/v1/run", body: body)).job()
        }
        var job = try await run()
        guard mode == .zygote, program.hasOwnZygote else { return job }
        _ = try await remaining(after: .seconds(30)) { () -> Bool? in
            if job.timings?.forked == true { return nil }
            job = try await run()
            return true
        }
        return job
    }

    private func problems(
        of program: FidelityProgram, bare: FidelityResult, job: JobAnswer,
        expected: Set<FidelityResult.Part>
    ) -> [String] {
        let result = FidelityResult(job)
        var found: [String] = []
        for part in FidelityResult.Part.allCases {
            let agrees = bare[part] == result[part]
            if !agrees && !expected.contains(part) {
                found.append(bare.difference(from: result, in: part))
            } else if agrees && expected.contains(part) {
                found.append("\(part.rawValue) agrees, but differences.json lists it for \(mode)")
            }
        }
        let isForked = job.timings?.forked ?? false
        if isForked != (mode == .zygote && program.mayFork) {
            found.append("its interpreter was \(isForked ? "forked" : "started for it")")
        }
        return found.map { "\(program.name) in \(mode): \($0)" }
    }

    private func expectedDifferences(
        of programs: [FidelityProgram]
    ) throws -> [String: Set<FidelityResult.Part>] {
        let file = FidelityProgram.folder.appendingPathComponent("differences.json")
        let list = try JSONDecoder().decode([Difference].self, from: Data(contentsOf: file))
        let names = Set(programs.map(\.name))
        var expected: [String: Set<FidelityResult.Part>] = [:]
        for entry in list where entry.program.hasPrefix(language.rawValue + "/") {
            #expect(
                names.contains(entry.program), "differences.json names a program that is not there")
            #expect(entry.reason.count > 20, "\(entry.program) differs without a reason")
            if entry.mode == mode { expected[entry.program, default: []].insert(entry.what) }
        }
        return expected
    }
}

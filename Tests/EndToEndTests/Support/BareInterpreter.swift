import Foundation
import Glibc

/// The interpreter in its runtime's image with nothing of CodeBox around it: `bare-interpreter`,
/// which is built beside `codebox`.
enum BareInterpreter {
    struct Failed: Error, CustomStringConvertible {
        var description: String
    }

    /// Inside a sandbox, by contract.
    private static let jobID: uid_t = 1000

    /// The results of a slice's programs. Every mode is compared with the same run.
    static func results(
        of language: Language, slice: Int
    ) async throws -> [String: FidelityResult] {
        try await known.results(of: language, slice: slice)
    }

    private static let known = Known()

    private actor Known {
        private var runs: [String: Task<[String: FidelityResult], any Error>] = [:]

        func results(
            of language: Language, slice: Int
        ) async throws -> [String: FidelityResult] {
            let run =
                runs["\(language) \(slice)"]
                ?? Task {
                    let programs = FidelityProgram.slice(
                        slice, of: try FidelityProgram.all(of: language))
                    let results = try await inFlight(4, programs) { program in
                        (program.name, try await BareInterpreter.run(program))
                    }
                    return Dictionary(uniqueKeysWithValues: results)
                }
            runs["\(language) \(slice)"] = run
            return try await run.value
        }
    }

    static func run(_ program: FidelityProgram) async throws -> FidelityResult {
        let data = Installation.sharedData
        let tag = try String(contentsOfFile: "\(data)/tags/\(program.language)", encoding: .utf8)
        let digest = tag.trimmingCharacters(in: .whitespacesAndNewlines)
        let scratch = try Scratch()
        defer { scratch.remove() }
        let workspace = scratch.path + "/workspace"
        try layOut(program, in: workspace)
        let launcher = URL(fileURLWithPath: Installation.binary)
            .deletingLastPathComponent().appendingPathComponent("bare-interpreter").path
        let environment = ["PATH": "/usr/bin", "HOME": "/workspace", "LANG": "C.UTF-8"]
        let process = try ChildProcess(
            launcher,
            ["\(data)/images/\(digest)/rootfs", workspace] + command(of: program.language)
                + [program.argument] + program.args,
            environment: environment.merging(program.env) { $1 }, stdin: program.stdin)
        guard let exit = await process.wait(within: .seconds(20)) else {
            process.send(SIGKILL)
            throw Failed(description: "\(program.name) did not end in the bare interpreter")
        }
        guard await process.stdout.end(within: .seconds(5)),
            await process.stderr.end(within: .seconds(5)), exit != .code(125)
        else {
            throw Failed(
                description: "\(program.name) did not run bare: \(process.stderr.text.suffix(500))")
        }
        return FidelityResult(
            stdout: process.stdout.bytes, stderr: process.stderr.bytes, exit: exit)
    }

    /// As the manifests say, with the default limits.
    private static func command(of language: Language) -> [String] {
        language.choose(
            python: ["/usr/bin/python3"], node: ["/usr/bin/node"],
            bash: ["/usr/bin/bash"])
    }

    /// Gives the files the owner and modes that a job's files have.
    private static func layOut(_ program: FidelityProgram, in workspace: String) throws {
        let files = FileManager.default
        for (name, content) in program.files {
            let file = URL(fileURLWithPath: workspace).appendingPathComponent(name)
            try files.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(content).write(to: file)
        }
        let inside = files.enumerator(atPath: workspace)?.compactMap { $0 as? String } ?? []
        for name in [""] + inside {
            let path = "\(workspace)/\(name)"
            guard chown(path, jobID, jobID) == 0, chmod(path, 0o755) == 0 else {
                throw Failed(description: "\(path): \(String(cString: strerror(errno)))")
            }
        }
    }
}

import CodeBoxCore
import CodeBoxRuntimes
import Foundation

/// What a program pays for importing modules, one after the other in the manifest's order: in an
/// interpreter that is started for it, and in a forked one.
struct ImportCosts {
    struct Cost {
        var module: String
        /// Durations of the import, with all that it imports in turn and that no module before it
        /// has imported.
        var exec = Durations()
        var forked = Durations()
    }

    private let kind: RuntimeZygote.Kind
    private let modules: [String]
    private let runtime: String

    /// Node's zygote imports nothing ahead; these are what programs require most.
    private static let usualNodeModules = [
        "fs", "path", "os", "util", "events", "stream", "url", "crypto", "http", "https", "zlib",
        "child_process", "readline", "worker_threads",
    ]

    /// nil if the runtime's interpreter is of no known kind or there is no module to import.
    init?(_ manifest: RuntimeManifest) {
        guard let zygote = manifest.zygote, !zygote.isOff else { return nil }
        kind = zygote.kind
        runtime = manifest.name
        modules =
            zygote.preload.isEmpty && zygote.kind == .node
            ? Self.usualNodeModules : zygote.preload
        if modules.isEmpty { return nil }
    }

    /// Where the figures come from.
    var explanation: String {
        switch kind {
        case .python: "zygote.preload; exec as -X importtime tells (cumulative)"
        case .node: "require of modules in a program"
        }
    }

    /// - Parameter count: how many programs import the modules, in each way.
    func measure(_ count: Int, in benchmark: RuntimeBenchmark) async throws -> [Cost] {
        var costs = modules.map { Cost(module: $0) }
        for _ in 0..<count {
            let exec = try await times(in: .exec, benchmark)
            let forked = try await times(in: .forked, benchmark)
            for (index, module) in modules.enumerated() {
                costs[index].exec.add(exec[module] ?? 0)
                costs[index].forked.add(forked[module] ?? 0)
            }
        }
        return costs
    }

    private func times(
        in way: RuntimeBenchmark.Way, _ benchmark: RuntimeBenchmark
    ) async throws -> [String: Int] {
        var spec = JobSpec(runtime: runtime)
        spec.source = try source()
        let usesImportTime = kind == .python && way == .exec
        if usesImportTime { spec.env["PYTHONPROFILEIMPORTTIME"] = "1" }
        let result = try await benchmark.run(spec, in: way)
        guard result.outcome == .exited, result.exitCode == 0 else {
            let text = String(decoding: result.stderr.bytes.suffix(500), as: UTF8.self)
            throw CodeBoxError(.invalidRequest, "the modules can't be imported: \(text)")
        }
        return usesImportTime
            ? Self.importTimes(String(decoding: result.stderr.bytes, as: UTF8.self))
            : Self.printedTimes(String(decoding: result.stdout.bytes, as: UTF8.self))
    }

    /// A program that prints a line for each module: its name and microseconds.
    private func source() throws -> String {
        let list = String(decoding: try JSONEncoder().encode(modules), as: UTF8.self)
        switch kind {
        case .python:
            return """
                from time import perf_counter_ns
                lines = []
                for name in \(list):
                    begin = perf_counter_ns()
                    __import__(name)
                    lines.append(f"{name} {(perf_counter_ns() - begin) // 1000}")
                print(*lines, sep="\\n")
                """
        case .node:
            return """
                const lines = \(list).map((name) => {
                    const begin = process.hrtime.bigint();
                    require(name);
                    return `${name} ${(process.hrtime.bigint() - begin) / 1000n}`;
                });
                console.log(lines.join("\\n"));
                """
        }
    }

    private static func printedTimes(_ text: String) -> [String: Int] {
        var times: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            if fields.count == 2, let time = Int(fields[1]) { times[String(fields[0])] = time }
        }
        return times
    }

    /// The cumulative times of modules that the program itself imported:
    ///
    ///     import time:       123 |        456 | json
    ///
    /// What a module imports in turn comes before it, indented.
    private static func importTimes(_ text: String) -> [String: Int] {
        var times: [String: Int] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("import time:") {
            let fields = line.split(separator: "|")
            guard fields.count == 3, !fields[2].hasPrefix("  "),
                let time = Int(fields[1].trimmingCharacters(in: .whitespaces))
            else { continue }
            times[fields[2].trimmingCharacters(in: .whitespaces)] = time
        }
        return times
    }
}

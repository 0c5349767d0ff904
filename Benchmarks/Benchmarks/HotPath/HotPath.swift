import Benchmark
import CodeBoxBenchmarking
import Foundation

// One part of the hot path each. Sandboxes are the warden's, asked for and waited for from here:
// the message to it and its answer are in each figure.

/// What a benchmark measures of one sandbox's life. The rest of it goes by unmeasured.
enum Part: String, CaseIterable {
    case make
    case run = "hand over and run hello world"
    case remove = "remove after a run"
    case destroy = "kill and remove"
}

struct Subject {
    let title: String
    let runtime: String
    let isForked: Bool

    func stages() throws -> SandboxStages {
        let environment = ProcessInfo.processInfo.environment
        return try SandboxStages(
            executable: environment["CODEBOX_BIN"] ?? "../.build/release/codebox",
            dataDirectory: environment["CODEBOX_DATA_DIR"] ?? "/var/lib/codebox",
            runtime: runtime, isForked: isForked)
    }
}

func live(_ part: Part, _ benchmark: Benchmark, _ stages: SandboxStages) throws {
    func measured<Value>(_ this: Part, _ work: () throws -> Value) rethrows -> Value {
        if this == part { benchmark.startMeasurement() }
        defer { if this == part { benchmark.stopMeasurement() } }
        return try work()
    }
    let sandbox = try measured(.make) { try stages.make() }
    guard part == .run || part == .remove else {
        return try measured(.destroy) { try stages.destroy(sandbox) }
    }
    try measured(.run) { try stages.run(in: sandbox) }
    try measured(.remove) { try stages.awaitRemoval() }
}

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock], timeUnits: .microseconds, warmupIterations: 20,
        scalingFactor: .one, maxDuration: .seconds(2), maxIterations: 100_000)

    let subjects = [
        Subject(title: "spawn, Python", runtime: "python", isForked: false),
        Subject(title: "fork, Python", runtime: "python", isForked: true),
        Subject(title: "fork, Node", runtime: "node", isForked: true),
    ]
    for subject in subjects {
        for part in Part.allCases {
            Benchmark("\(subject.title): \(part.rawValue)") { benchmark, stages in
                for _ in benchmark.scaledIterations { try live(part, benchmark, stages) }
            } setup: {
                try subject.stages()
            }
        }
    }

    let source = String(repeating: "for n in map(int, input().split()): print(n * n)\n", count: 20)
    Benchmark(
        "decode a job of \(source.utf8.count) bytes", configuration: .init(scalingFactor: .kilo)
    ) { benchmark, forms in
        for _ in benchmark.scaledIterations { blackHole(forms.decode()) }
    } setup: {
        try WireForms(source: source, output: "1\n4\n9\n")
    }
    Benchmark("encode its answer", configuration: .init(scalingFactor: .kilo)) { benchmark, forms in
        for _ in benchmark.scaledIterations { blackHole(forms.encode()) }
    } setup: {
        try WireForms(source: source, output: "1\n4\n9\n")
    }
}

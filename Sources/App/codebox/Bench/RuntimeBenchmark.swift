import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxSandbox
import CodeBoxWorker

/// Measures how long one small program takes in each of the ways in which CodeBox can run it, and
/// without CodeBox.
struct RuntimeBenchmark {
    /// How a program is run.
    enum Way: String, CaseIterable, Encodable {
        /// Without CodeBox.
        case bare
        /// In a sandbox that is made for it, with an interpreter that is started for it.
        case exec
        /// In a sandbox that is made for it, with an interpreter forked from a zygote.
        case forked
        /// In a sandbox that was waiting.
        case warm

        var explanation: String {
            switch self {
            case .bare: "the interpreter in a chroot of the image: no sandbox"
            case .exec: "a new sandbox, a new interpreter"
            case .forked: "a new sandbox, an interpreter forked from the zygote"
            case .warm: "a sandbox that was waiting"
            }
        }
    }

    private let test: RuntimeTestCase
    private let bare: BareProgram
    /// No sandbox waits in this one.
    private let cold: LocalSandbox
    private let warm: LocalSandbox
    private let ways: [Way]

    /// What passes between two runs, so that a pool is full again.
    private static let pause = Duration.milliseconds(20)
    private static let longestWait = Duration.seconds(30)
    private static let waiting = WarmPoolPolicy(minimum: 2, maximum: 2)

    /// Starts two wardens, of which one keeps sandboxes waiting.
    init(
        _ test: RuntimeTestCase, of runtime: InstalledRuntime, settings: Settings
    ) throws(CodeBoxError) {
        self.test = test
        let limits = try LimitsPolicy(ceiling: settings.ceiling).resolve(
            request: test.spec.limits, runtimeDefaults: runtime.manifest.limits)
        bare = try BareProgram(test.spec, of: runtime, limits: limits)
        cold = try LocalSandbox(settings: settings)
        warm = try LocalSandbox(settings: settings, policy: Self.waiting)
        let hasZygote = runtime.manifest.zygote.map { !$0.isOff } ?? false
        ways = Way.allCases.filter { hasZygote || $0 != .forked }
    }

    func shutdown() async {
        bare.remove()
        await cold.shutdown()
        await warm.shutdown()
    }

    /// Runs the program so many times in each way. The ways take turns, so that a busy moment of
    /// the machine meets them all.
    func run(_ count: Int) async throws -> [(way: Way, durations: Durations)] {
        try await warmUp()
        var durations: [Way: Durations] = [:]
        for _ in 0..<count {
            for way in ways {
                try await Task.sleep(for: Self.pause)
                durations[way, default: Durations()].add(try await time(way))
            }
        }
        return ways.map { ($0, durations[$0] ?? Durations()) }
    }

    /// Runs a program in an interpreter that is started for it, or in a forked one.
    func run(_ spec: JobSpec, in way: Way) async throws(CodeBoxError) -> JobResult {
        var options = JobRunner.Options()
        options.isPooled = way != .exec
        let job = try await (way == .warm ? warm : cold).run(spec, options)
        guard let result = job.result else {
            throw CodeBoxError(.internalError, "the program has no result")
        }
        return result
    }

    /// Returns once a job is run in each way as it should be.
    private func warmUp() async throws {
        try cold.keepWarm(for: test.spec)
        try warm.keepWarm(for: test.spec)
        for way in ways {
            let end = ContinuousClock.now + Self.longestWait
            while try await measure(way) == nil {
                guard ContinuousClock.now < end else {
                    throw CodeBoxError(
                        .sandboxFailed,
                        "no program was run \(way.rawValue) within 30 s; "
                            + "see: codebox doctor")
                }
                try await Task.sleep(for: Self.pause)
            }
        }
    }

    /// - Returns: microseconds of a run that was what `way` says.
    private func time(_ way: Way) async throws -> Int {
        while true {
            if let time = try await measure(way) { return time }
            // A pool that is not full yet, or a zygote that is being replaced.
            try await Task.sleep(for: Self.pause)
        }
    }

    /// - Returns: microseconds; nil if the program was run in another way than `way`.
    private func measure(_ way: Way) async throws -> Int? {
        guard way != .bare else {
            let run = try bare.run()
            try check(run)
            return run.microseconds
        }
        let clock = ContinuousClock()
        let begin = clock.now
        let result = try await run(test.spec, in: way)
        let time = Int(begin.duration(to: clock.now) / .microseconds(1))
        if let difference = test.differences(result).first { throw wrong(difference) }
        let timings = result.timings
        let isMeant =
            switch way {
            case .bare: true
            case .exec: !timings.isForked
            case .forked: timings.isForked
            case .warm: !timings.isCold && timings.isForked == ways.contains(.forked)
            }
        return isMeant ? time : nil
    }

    private func check(_ run: BareProgram.Run) throws(CodeBoxError) {
        guard run.exitCode == test.expectation.exitCode else {
            let output = String(decoding: run.output.prefix(500), as: UTF8.self)
            throw wrong(
                "bare, its exit code is \(run.exitCode.map(String.init) ?? "none"): \(output)")
        }
    }

    private func wrong(_ difference: String) -> CodeBoxError {
        CodeBoxError(
            .invalidRequest,
            "the test '\(test.name)' fails: \(difference); see: codebox runtime test "
                + test.spec.runtime)
    }
}

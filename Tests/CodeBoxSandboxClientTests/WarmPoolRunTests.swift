import CodeBoxSandboxClient
import SandboxTestSupport
import CodeBoxCore
import CodeBoxSandbox
import Foundation
import Logging
import Testing

@Suite("The warm pool on a warden", .serialized, .timeLimit(.minutes(2)))
struct WarmPoolRunTests {
    private static let environment = ["PATH": "/usr/bin", "HOME": "/workspace", "LANG": "C.UTF-8"]
    private let policy = WarmPoolPolicy(minimum: 3, maximum: 8)

    private func bashKey() throws -> WarmPoolKey {
        WarmPoolKey(image: try Support.digest("bash"), zygote: nil, limits: .standard)
    }

    private func pythonKey() throws -> WarmPoolKey {
        WarmPoolKey(
            image: try Support.digest("python"),
            zygote: ZygoteSetting(kind: .python), limits: .standard)
    }

    private func python(_ source: String, mayFork: Bool = true) -> SandboxProgram {
        SandboxProgram(
            command: ["/usr/bin/python3", "main.py"], environment: Self.environment,
            files: [JobFile(path: "main.py", content: Array(source.utf8))],
            mayFork: mayFork)
    }

    private func spec(_ key: WarmPoolKey, _ change: (inout Limits) -> Void = { _ in })
        -> SandboxSpec
    {
        var limits = key.limits
        change(&limits)
        return SandboxSpec(image: key.image, limits: limits, pools: [key])
    }

    /// Waits, 20 s at most, until what the client tells of its pools is as it should be.
    private func wait(
        for client: WardenClient, _ what: Comment,
        until holds: (WarmPoolStatistics) -> Bool
    ) async throws {
        for _ in 0..<2000 {
            if holds(await client.statistics()) { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("\(what): \(await client.statistics())")
    }

    private func isFull(_ statistics: WarmPoolStatistics) -> Bool {
        !statistics.pools.isEmpty
            && statistics.pools.allSatisfy { $0.making == 0 && $0.waiting >= 3 }
    }

    /// With a warden of its own and as many sandboxes waiting as the policy asks for.
    private func withFullPool(
        of key: WarmPoolKey, _ body: (WardenClient, WarmPoolKey) async throws -> Void
    ) async throws {
        try await Support.withWarden(policy: policy) { client in
            client.keepWarm([key])
            try await wait(for: client, "the pool is filled", until: isFull)
            try await body(client, key)
        }
    }

    @Test("a program gets a sandbox that waits, and another waits soon after")
    func warm() async throws {
        try await withFullPool(of: bashKey()) { client, key in
            let statistics = await client.statistics()
            #expect(statistics.pools[0].memoryBytes > 0)
            for number in 0..<5 {
                var program = Support.bash("cat; ls -A; echo \(number) > left-over; exit 3")
                program.stdin = Array("in\n".utf8)
                let report = try await client.run(program, in: spec(key), onOutput: nil)
                #expect(!report.timings.isCold)
                #expect(!report.timings.isForked)
                #expect(report.exitCode == 3)
                #expect(report.stdout.text == "in\n")
                #expect(report.timings.acquireUs < 1_000_000)
                #expect(report.timings.startupUs > 0)
                try await wait(for: client, "it is filled again", until: isFull)
            }
            #expect(await client.statistics().warmRuns == 5)
        }
    }

    @Test("a forked interpreter goes on with a program, or the program is exec'ed where it may not")
    func forked() async throws {
        try await withFullPool(of: pythonKey()) { client, key in
            let source = "import os, sys; print(os.getcwd(), sys.argv, 6 * 7); sys.exit(5)"
            for mayFork in [true, false, true] {
                let report = try await client.run(
                    python(source, mayFork: mayFork), in: spec(key), onOutput: nil)
                #expect(report.stdout.text == "/workspace ['main.py'] 42\n")
                #expect(report.stderr.text.isEmpty)
                #expect(report.exitCode == 5)
                #expect(report.timings.isForked == mayFork)
            }
            let statistics = await client.statistics()
            #expect(statistics.forkedRuns == 2)
            #expect(statistics.zygoteFallbacks == 0)
            #expect(statistics.zygoteStarts == 1)
        }
    }

    @Test("limits other than the pool's are in force when the program starts")
    func otherLimits() async throws {
        try await withFullPool(of: pythonKey()) { client, key in
            let hungry = python("b = bytearray(60 << 20); print(len(b))")
            let enough = try await client.run(hungry, in: spec(key), onOutput: nil)
            #expect(enough.stdout.text == "\(60 << 20)\n")
            let little = try await client.run(
                hungry, in: spec(key) { $0.memoryBytes = 32 << 20 }, onOutput: nil)
            #expect(little.outcome == .memoryExceeded)
            // No cgroup file changes for it, so its program is sent without asking the warden, who
            // may hear of its start first.
            for _ in 0..<5 {
                let short = try await client.run(
                    python("while True: pass"), in: spec(key) { $0.wallMs = 200 }, onOutput: nil)
                #expect(short.outcome == .wallTimeExceeded)
                #expect(short.usage.wallUs < 2_000_000)
            }
        }
    }

    @Test("sandboxes of the shortest programs are gone soon, whatever the warden hears of first")
    func goneSoon() async throws {
        try await withFullPool(of: pythonKey()) { client, key in
            for _ in 0..<150 {
                let (gone, end) = AsyncStream<Void>.makeStream()
                let begun = ContinuousClock.now
                _ = try await client.run(
                    python(""), in: spec(key), until: StopSignal(), onOutput: nil,
                    whenGone: { end.finish() })
                for await _ in gone {}
                #expect(ContinuousClock.now - begun < .seconds(2))
            }
        }
    }

    @Test("a size of workspace that no pool has gets a sandbox of its own")
    func otherWorkspace() async throws {
        try await withFullPool(of: pythonKey()) { client, key in
            let report = try await client.run(
                python("import os; s = os.statvfs('.'); print(s.f_blocks * s.f_frsize)"),
                in: spec(key) { $0.workspaceBytes = 8 << 20 }, onOutput: nil)
            #expect(report.stdout.text == "\(8 << 20)\n")
            #expect(report.timings.isCold)
        }
    }

    @Test("a program does not wait for the zygote to come up")
    func beforeZygote() async throws {
        try await Support.withWarden(policy: policy) { client in
            let key = try pythonKey()
            client.keepWarm([key])
            let report = try await client.run(python("print(1)"), in: spec(key), onOutput: nil)
            #expect(report.stdout.text == "1\n")
            #expect(report.timings.isCold)
            #expect(!report.timings.isForked)
            #expect(await client.statistics().zygoteFallbacks == 1)
        }
    }

    @Test("a zygote that is killed fails no program, and is up again soon")
    func zygoteKilled() async throws {
        try await withFullPool(of: pythonKey()) { client, key in
            let warden = try #require(Wardens.ofThisProcess().last)
            let zygote = try #require(
                Wardens.processes { $0.hasPrefix("/usr/bin/python3\0main.py") }
                    .first { Wardens.parent(of: $0) == warden })
            kill(zygote, SIGKILL)
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await client.run(
                            python("print(1)"), in: spec(key), onOutput: nil
                        ).stdout.text
                    }
                }
                for try await output in group { #expect(output == "1\n") }
            }
            try await wait(for: client, "the zygote is up again") {
                $0.zygoteFailures == 1 && $0.pools.first?.isZygoteUp == true
            }
            try await wait(for: client, "the pool is filled", until: isFull)
            let report = try await client.run(python("print(2)"), in: spec(key), onOutput: nil)
            #expect(report.timings.isForked)
        }
    }

    @Test("a zygote that can't start fails no program")
    func zygoteBroken() async throws {
        try await Support.withWarden(policy: policy) { client in
            var key = try pythonKey()
            // The image's start record is for another one.
            key.zygote = ZygoteSetting(kind: .node)
            client.keepWarm([key])
            try await wait(for: client, "it has failed") { $0.zygoteFailures > 1 }
            try await wait(for: client, "the pool is filled", until: isFull)
            let report = try await client.run(python("print(1)"), in: spec(key), onOutput: nil)
            #expect(report.stdout.text == "1\n")
            #expect(!report.timings.isCold)
        }
    }

    @Test("a burst of more programs than wait is served in full")
    func burst() async throws {
        try await withFullPool(of: pythonKey()) { client, key in
            try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<60 {
                    group.addTask {
                        let report = try await client.run(
                            python("import os; print(\(number), os.listdir('.'))"), in: spec(key),
                            onOutput: nil)
                        return (number, report.stdout.text)
                    }
                }
                for try await (number, output) in group {
                    #expect(output == "\(number) ['main.py']\n")
                }
            }
            let statistics = await client.statistics()
            #expect(statistics.warmRuns + statistics.coldRuns == 60)
            #expect(statistics.warmRuns >= 3)
        }
    }

    @Test("a run that is canceled while it waits for a sandbox ends at once, the others go on")
    func canceledInLine() async throws {
        try await Support.withWarden(policy: WarmPoolPolicy(minimum: 0, maximum: 0)) { client in
            let key = try bashKey()
            let runs = (0..<30).map { number in
                Task {
                    try await client.run(
                        Support.bash("echo \(number)"), in: spec(key), onOutput: nil)
                }
            }
            for run in runs.suffix(10) { run.cancel() }
            for (number, run) in runs.enumerated() {
                let report = try await run.value
                if number < 20 {
                    #expect(report.stdout.text == "\(number)\n")
                } else {
                    #expect(report.outcome == .canceled || report.outcome == .exited)
                }
            }
        }
    }

    @Test("output far beyond what a pipe holds comes whole, from programs short and long")
    func muchOutput() async throws {
        try await withFullPool(of: pythonKey()) { client, key in
            for pause in ["", "time.sleep(0.05)"] {
                let source = """
                    import sys, time
                    data = sys.stdin.read()
                    \(pause)
                    sys.stdout.write("x" * 1000000)
                    sys.stderr.write(str(len(data)))
                    """
                var program = python(source)
                program.stdin = [UInt8](repeating: 65, count: 1_000_000)
                let report = try await client.run(program, in: spec(key), onOutput: nil)
                #expect(report.stdout.totalBytes == 1_000_000)
                #expect(report.stderr.text == "1000000")
                program.stdin = []
                let quiet = try await client.run(program, in: spec(key), onOutput: nil)
                #expect(quiet.stdout.totalBytes == 1_000_000)
                #expect(quiet.stderr.text == "0")
            }
        }
    }

    @Test("when the shutdown returns, no waiting sandbox and no zygote is left")
    func shutdown() async throws {
        let pids = try await Support.withWarden(policy: policy) { client in
            client.keepWarm([try pythonKey(), try bashKey()])
            try await wait(for: client, "the pools are filled", until: isFull)
            let warden = try #require(Wardens.ofThisProcess().last)
            let children = Wardens.processes { _ in true }
                .filter { Wardens.parent(of: $0) == warden }
            #expect(children.count >= 7)
            return children
        }
        for pid in pids { #expect(kill(pid, 0) != 0 && errno == ESRCH) }
    }

    @Test("descriptors stay as they were over 300 warm programs")
    func staysFlat() async throws {
        try await Support.withWarden(policy: policy) { client in
            let key = try pythonKey()
            client.keepWarm([key])
            func run(_ count: Int) async throws {
                for _ in 0..<count {
                    let report = try await client.run(
                        python("pass"), in: spec(key), onOutput: nil)
                    #expect(report.exitCode == 0)
                }
                try await wait(for: client, "the pool is filled", until: isFull)
            }
            try await run(20)
            let warden = try #require(Wardens.ofThisProcess().last)
            let (before, ours) = (
                Wardens.descriptors(of: warden), Wardens.descriptors(of: getpid())
            )
            try await run(300)
            #expect(Wardens.descriptors(of: warden) <= before + 30)
            #expect(Wardens.descriptors(of: getpid()) <= ours + 30)
        }
    }
}

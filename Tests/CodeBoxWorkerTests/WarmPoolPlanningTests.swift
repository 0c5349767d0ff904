import CodeBoxCore
import CodeBoxSandbox
import Testing

@testable import CodeBoxWorker

/// From which pools a job takes its sandbox, and whether it goes on in a forked interpreter.
@Suite("Warm pools, as planned")
struct WarmPoolPlanningTests {
    private let data: TestDataDirectory
    private let planning: Planning

    init() throws {
        data = try TestDataDirectory()
        try data.install(
            "heap", TestDataDirectory.heapManifest, digest: TestDataDirectory.heapDigest)
        planning = Planning(catalog: data.catalog, policy: LimitsPolicy())
    }

    private func planning(_ zygotes: ZygoteRule) -> Planning {
        Planning(catalog: data.catalog, policy: LimitsPolicy(), zygotes: zygotes)
    }

    private func spec(_ change: (inout JobSpec) -> Void = { _ in }) -> JobSpec {
        var spec = JobSpec(runtime: "script", source: "x")
        change(&spec)
        return spec
    }

    @Test("a plain job goes on in an interpreter forked from its runtime's zygote")
    func plain() throws {
        let plan = try planning.plan(spec { $0.args = ["a"] })
        #expect(plan.program.mayFork)
        let pool = try #require(plan.sandbox.pools.first)
        #expect(plan.sandbox.pools.count == 1)
        #expect(pool.image == TestDataDirectory.digest)
        #expect(pool.limits == plan.sandbox.limits)
        let zygote = try #require(pool.zygote)
        #expect(zygote == ZygoteSetting(kind: .python))
        #expect(plan.program.command == ["/bin/script", "--safe", "main.script", "a"])
        #expect(planning.standardPools().contains(pool))
    }

    @Test("a job with other limits takes its sandbox from the same pool")
    func otherLimits() throws {
        let plain = try planning.plan(spec())
        let plan = try planning.plan(
            spec {
                $0.limits = LimitsRequest([
                    .wallMs: 3000, .cpuMs: 2000, .memoryBytes: 32 * 0x1p20, .cpus: 0.5,
                    .processes: 3,
                    .outputBytes: 5,
                ])
            })
        #expect(plan.sandbox.limits.memoryBytes == 32 << 20)
        #expect(plan.sandbox.pools == plain.sandbox.pools)
        #expect(plan.program.mayFork)
    }

    @Test("a job with another size of workspace has a pool of its own, on demand")
    func otherWorkspace() throws {
        let plan = try planning.plan(spec { $0.limits[.workspaceBytes] = 0x1p20 })
        #expect(plan.sandbox.pools.map(\.limits.workspaceBytes) == [1 << 20])
        #expect(plan.program.mayFork)
        #expect(!planning.standardPools().contains(plan.sandbox.pools[0]))
    }

    @Test("so has a job with another number of open files")
    func otherOpenFiles() throws {
        let plan = try planning.plan(spec { $0.limits[.openFiles] = 20 })
        #expect(plan.sandbox.pools.map(\.limits.openFiles) == [20])
        #expect(plan.program.mayFork)
        #expect(!planning.standardPools().contains(plan.sandbox.pools[0]))
    }

    @Test("where the command follows the memory limit, the zygote that was told of it comes first")
    func memoryInCommand() throws {
        var job = JobSpec(runtime: "heap", source: "x")
        let plain = try planning.plan(job)
        #expect(plain.sandbox.pools.count == 1)
        job.limits[.memoryBytes] = 64 * 0x1p20
        let plan = try planning.plan(job)
        #expect(plan.program.mayFork)
        #expect(plan.sandbox.pools.map { $0.zygote?.heapMiB } == [64, 128])
        #expect(plan.sandbox.pools.map(\.limits.memoryBytes) == [64 << 20, 128 << 20])
        #expect(plan.program.command[1] == "--mib=64")
        #expect(plan.program.heapMiB == 64)
        #expect(plan.sandbox.pools[1] == plain.sandbox.pools[0])
        // A few bytes more make no other command, so no other pool.
        job.limits[.memoryBytes] = 128 * 0x1p20 + 4096
        #expect(try planning.plan(job).sandbox.pools == plain.sandbox.pools)
        // And one that can't go on anyhow needs no zygote of its own.
        job.limits[.memoryBytes] = 64 * 0x1p20
        job.mayFork = false
        #expect(try planning.plan(job).sandbox.pools == plain.sandbox.pools)
    }

    @Test(
        "a job that asks for an interpreter of its own is exec'ed in a waiting sandbox",
        arguments: [
            { $0.entrypoint = "other.pyc" },
            { $0.env = ["LANG": "de_DE.UTF-8"] },
            { $0.env = ["SC_MODE": "1"] },
            { $0.mayFork = false },
        ] as [@Sendable (inout JobSpec) -> Void])
    func execs(change: @Sendable (inout JobSpec) -> Void) throws {
        let plan = try planning.plan(spec(change))
        #expect(!plan.program.mayFork)
        #expect(try plan.sandbox.pools == planning.plan(spec()).sandbox.pools)
    }

    @Test("a program of another name, in a folder or not, is forked like any other")
    func otherNames() throws {
        let plain = try planning.plan(spec())
        for name in ["other", "sub/other.script", "-x"] {
            let plan = try planning.plan(spec { $0.entrypoint = name })
            #expect(plan.program.mayFork)
            #expect(plan.sandbox.pools == plain.sandbox.pools)
        }
    }

    @Test("a job with a variant's variable is forked from a zygote that was started with it")
    func variants() throws {
        let plain = try planning.plan(spec())
        let plan = try planning.plan(spec { $0.env = ["SC_SEED": "0"] })
        #expect(plan.program.mayFork)
        #expect(plan.sandbox.pools.map { $0.zygote?.variants } == [2, 0])
        #expect(plan.sandbox.pools[1] == plain.sandbox.pools[0])
        #expect(try !planning.plan(spec { $0.env = ["SC_SEED": "1"] }).program.mayFork)
        // One that can't be forked anyhow needs no zygote of its own.
        let own = try planning.plan(
            spec {
                $0.env = ["SC_SEED": "0"]
                $0.mayFork = false
            })
        #expect(own.sandbox.pools == plain.sandbox.pools)
    }

    @Test("a program with a zygote that is warm for it may be forked from others, too")
    func warmUps() throws {
        var job = JobSpec(runtime: "heap", source: "x")
        let plain = try planning.plan(job)
        job.entrypoint = "prog.ts"
        let plan = try planning.plan(job)
        #expect(plan.program.mayFork)
        #expect(plan.sandbox.pools.map { $0.zygote?.warmUps } == [1, 0])
        #expect(plan.sandbox.pools[1] == plain.sandbox.pools[0])
        job.limits[.memoryBytes] = 64 * 0x1p20
        let small = try planning.plan(job).sandbox.pools
        #expect(small.map { $0.zygote?.heapMiB } == [64, 64, 128])
        #expect(small.map { $0.zygote?.warmUps } == [1, 0, 0])
        let settings = small.compactMap(\.zygote)
        #expect(settings.map { $0.serves(settings[0]) } == [true, true, false])
    }

    @Test("variables that nothing reads at its start, or that change nothing, don't matter")
    func harmlessVariables() throws {
        for env in [["MODE": "job"], ["A": "1"], ["LANG": "C.UTF-8"], ["SC_FREE": "x"]] {
            #expect(try planning.plan(spec { $0.env = env }).program.mayFork)
        }
    }

    @Test(
        "with zygotes off, for all or for the runtime, sandboxes wait whose interpreter is exec'ed",
        arguments: [
            ZygoteRule(isOn: false), ZygoteRule(exceptions: ["script"]),
            ZygoteRule(exceptions: ["sc", "x"]),
        ])
    func off(rule: ZygoteRule) throws {
        let planning = planning(rule)
        let plan = try planning.plan(spec())
        #expect(!plan.program.mayFork)
        #expect(plan.sandbox.pools.count == 1)
        #expect(plan.sandbox.pools[0].zygote == nil)
        #expect(plan.sandbox.pools[0].limits == plan.sandbox.limits)
        let heap = try planning.plan(JobSpec(runtime: "heap", source: "x"))
        #expect(heap.program.mayFork == rule.isOn)
    }

    @Test("a zygote that its manifest turns off, or does not describe, is not used")
    func manifestOff() throws {
        for line in ["", "zygote: {kind: python, off: true}"] {
            let lines = TestDataDirectory.manifest.split(separator: "\n")
                .filter { !$0.hasPrefix("  fork_for") }
                .map { $0.hasPrefix("zygote:") ? line : String($0) }
            try data.install("script", lines.joined(separator: "\n"), digest: digest("7"))
            let catalog = data.catalog
            let planning = Planning(catalog: catalog, policy: LimitsPolicy())
            let plan = try planning.plan(spec())
            #expect(!plan.program.mayFork)
            #expect(plan.sandbox.pools.map(\.zygote) == [nil])
        }
    }

    @Test("the service keeps a pool for each runtime, and switches when a tag moves")
    func keepsWarm() async throws {
        let test = try TestEngine()
        _ = try await test.engine.runs.run(spec(), until: StopSignal())
        #expect(test.runner.warm.isEmpty)
        try await test.serving { test in
            #expect(await eventually { test.runner.warm.count == 1 })
            #expect(test.runner.warm[0].map(\.image) == [TestDataDirectory.digest])
            try await Task.sleep(for: .milliseconds(30))
            try test.data.install("script", digest: digest("8"))
            _ = try await test.engine.runs.run(spec(), until: StopSignal())
            _ = try await test.engine.runs.run(spec(), until: StopSignal())
            #expect(test.runner.warm.map { $0.map(\.image) }.last == [digest("8")])
            #expect(test.runner.warm.count == 2)
        }
    }

    @Test("running one program for the command line keeps no pool")
    func commandLine() async throws {
        let runner = ScriptedRunner()
        let jobs = JobRunner(runner: runner, catalog: data.catalog, policy: LimitsPolicy())
        _ = try await jobs.run(spec())
        #expect(runner.warm.isEmpty)
        #expect(runner.pools == [[]])
    }

    private func digest(_ digit: Character) -> String { String(repeating: digit, count: 64) }
}

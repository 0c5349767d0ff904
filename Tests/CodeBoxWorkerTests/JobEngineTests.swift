import CodeBoxCore
import CodeBoxJobs
import Synchronization
import Testing

@testable import CodeBoxWorker

@Suite("JobEngine: jobs that go well", .timeLimit(.minutes(1)))
struct JobEngineTests {
    @Test("a submitted job is stored, run and answered, with all that is known of it")
    func runs() async throws {
        try await TestEngine().serving { test in
            let submitted = try await test.submit("print hello")
            let job = try await test.finished(submitted)
            let result = try #require(job.result)
            #expect(job.attempt == 1)
            #expect(job.outputText == "hello")
            #expect(result.outcome == .exited)
            #expect(result.exitCode == 0)
            #expect(result.runtime?.digest == TestDataDirectory.digest)
            #expect(result.limits?.wallMs == 5000)
            #expect(result.usage.memoryPeakBytes == 4096)
            #expect(result.timings.startupUs == 30)
            #expect(result.timings.runUs == 70)
            #expect(result.timings.finishUs == 10)
            #expect(try await test.engine.jobs.job(job.id) == job)
        }
    }

    @Test("a job that finds a free slot is stored as running, one that does not as queued")
    func storedAsRunning() async throws {
        try await TestEngine { $0.slots = 1 }.serving { test in
            #expect(await eventually { test.engine.dispatcher.isServing })
            // The dispatcher looks once at the queue at its start, with the slot in hand.
            #expect(await eventually { test.engine.slots.free == 1 })
            let first = try await test.submit("hold a")
            #expect(first.state == .running)
            #expect(first.attempt == 1)
            #expect(first.startedAt != nil)
            let second = try await test.submit("print b")
            #expect(second.state == .queued)
            test.runner.release("a")
            #expect(try await test.finished(first).result?.outcome == .exited)
            #expect(try await test.finished(second).attempt == 1)
            #expect(test.runner.started == ["hold a", "print b"])
            #expect(await eventually { test.engine.slots.free == 1 })
        }
    }

    @Test("a job that starts at once runs as it was planned, one from the queue as things are then")
    func plannedOnce() async throws {
        try await TestEngine { $0.slots = 1 }.serving { test in
            #expect(await eventually { test.engine.dispatcher.isServing })
            #expect(await eventually { test.engine.slots.free == 1 })
            let insertion = test.store.hold(.insert)
            async let begun = test.submit("hold a")
            #expect(await insertion.reached.value(within: .seconds(10)) != nil)
            try await Task.sleep(for: .milliseconds(30))
            let newer = String(repeating: "8", count: 64)
            try test.data.install("script", digest: newer)
            insertion.open.fire(())
            let first = try await begun
            #expect(first.state == .running)
            #expect(await test.runner.hasStarted("hold a"))
            let second = try await test.submit("print b")
            test.runner.release("a")
            let digest = try await test.finished(first).result?.runtime?.digest
            #expect(digest == TestDataDirectory.digest)
            #expect(try await test.finished(second).result?.runtime?.digest == newer)
        }
    }

    @Test("a store that refuses a job that would run at once leaves its slot free")
    func refusedAtOnce() async throws {
        try await TestEngine { $0.slots = 1 }.serving { test in
            #expect(await eventually { test.engine.dispatcher.isServing })
            #expect(await eventually { test.engine.slots.free == 1 })
            test.store.fail(.insert, times: 1)
            await #expect(throws: CodeBoxError.self) { try await test.submit("print a") }
            #expect(test.engine.slots.free == 1)
            #expect(test.engine.running.attempts.isEmpty)
            let job = try await test.finished(try await test.submit("print b"))
            #expect(job.outputText == "b")
        }
    }

    @Test("the time in the queue is measured until a slot is free")
    func queuedTime() async throws {
        try await TestEngine { $0.slots = 1 }.serving { test in
            _ = try await test.submit("hold a")
            #expect(await test.runner.hasStarted("hold a"))
            let waiting = try await test.submit("print b")
            let began = ContinuousClock.now
            try await Task.sleep(for: .milliseconds(50))
            test.runner.release("a")
            let queuedUs = try #require(try await test.finished(waiting).result?.timings.queuedUs)
            #expect(queuedUs >= 50_000)
            #expect(queuedUs <= (ContinuousClock.now - began).wholeMicroseconds + 1_000_000)
        }
    }

    @Test("a job that is refused is not stored")
    func refuses() async throws {
        let test = try TestEngine { $0.maximumQueued = 1 }
        func code(_ spec: JobSpec) async -> CodeBoxError.Code? {
            do throws(CodeBoxError) {
                _ = try await test.engine.jobs.submit(spec, waiting: nil)
                return nil
            } catch {
                return error.code
            }
        }
        var spec = TestEngine.spec("x")
        spec.runtime = "cobol"
        #expect(await code(spec) == .unknownRuntime)
        spec = TestEngine.spec("x")
        spec.limits[.cpus] = 1000
        #expect(await code(spec) == .limitOutOfRange)
        spec.limits[.cpus] = nil
        spec.files = [JobFile(path: "../x", content: [])]
        #expect(await code(spec) == .invalidRequest)
        #expect(try await test.store.counts()[.queued] == 0)
        #expect(await code(TestEngine.spec("x")) == nil)
        #expect(await code(TestEngine.spec("x")) == .queueFull)
        test.store.fail(.insert, times: 1)
        #expect(await code(TestEngine.spec("x")) == .storeFailed)
        #expect(test.engine.board.pendingCount == 1)
    }

    @Test("forty jobs at once all run, never more at one time than there are slots")
    func many() async throws {
        try await TestEngine { $0.slots = 3 }.serving { test in
            let outputs = try await withThrowingTaskGroup(of: String?.self) { group in
                for index in 0..<40 {
                    group.addTask {
                        try await test.finished(try await test.submit("print \(index)")).outputText
                    }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(outputs == Set((0..<40).map { "\($0)" }))
            #expect(test.runner.most <= 3)
            #expect(await eventually { test.engine.slots.free == 3 })
            #expect(test.engine.board.pendingCount == 0)
            #expect(test.engine.board.watchCount == 0)
        }
    }

    @Test("jobs submitted before the service runs are run when it does")
    func early() async throws {
        let test = try TestEngine()
        let job = try await test.submit("print early")
        try await test.serving { test in
            let ended = try await test.finished(job)
            #expect(ended.outputText == "early")
        }
    }

    @Test("an alias is as good as the name, in jobs and in filters")
    func aliases() async throws {
        let test = try TestEngine()
        var spec = TestEngine.spec("x")
        spec.runtime = "sc"
        let job = try await test.engine.jobs.submit(spec, waiting: nil)
        #expect(job.spec.runtime == "script")
        #expect(try await test.engine.jobs.list(JobQuery(runtime: "sc")).jobs == [job])
        #expect(try await test.engine.jobs.list(JobQuery(runtime: "script")).jobs == [job])
    }

    @Test("readiness names what is missing")
    func readiness() async throws {
        let test = try TestEngine()
        #expect(
            await test.engine.status.readiness().map(\.name) == [
                "store", "warden", "runtimes", "intake",
            ])
        #expect(await test.engine.status.readiness().allSatisfy(\.isReady))
        test.runner.takeAway()
        let unready = await test.engine.status.readiness().filter { !$0.isReady }
        #expect(unready.map(\.name) == ["warden"])
        #expect(unready.allSatisfy { !$0.detail.isEmpty })
        test.runner.bringBack()
        test.engine.beginShutdown()
        let closed = await test.engine.status.readiness().filter { !$0.isReady }
        #expect(closed.map(\.name) == ["intake"])
    }

    @Test("runtimes are shown with the limits a job gets and may ask for")
    func runtimes() throws {
        var ceiling = Limits.standardCeiling
        ceiling.wallMs = 3000
        let test = try TestEngine(ceiling: ceiling)
        let shown = try #require(test.engine.status.runtimes().first)
        #expect(shown.name == "script")
        #expect(shown.aliases == ["sc", "typed"])
        #expect(shown.entrypoint == "main.script")
        #expect(shown.limits.wallMs == 3000)
        #expect(shown.limits.outputBytes == 4096)
        #expect(shown.ceiling == ceiling)
    }
}

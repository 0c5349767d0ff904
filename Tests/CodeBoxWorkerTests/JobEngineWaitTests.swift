import CodeBoxCore
import Testing

@testable import CodeBoxWorker

@Suite("JobEngine: waiting for jobs", .timeLimit(.minutes(1)))
struct JobEngineWaitTests {
    @Test("waiting for a job misses no end, however soon it comes")
    func missesNothing() async throws {
        try await TestEngine { $0.slots = 8 }.serving { test in
            for _ in 0..<30 {
                let job = try await test.submit("print x")
                try await withThrowingTaskGroup(of: JobState.self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            try await test.engine.jobs.wait(for: job.id, seconds: 10).state
                        }
                    }
                    for try await state in group { #expect(state == .finished) }
                }
            }
            #expect(test.engine.board.watchCount == 0)
        }
    }

    @Test("a job of an earlier server is waited for just so")
    func foreignJob() async throws {
        let first = try TestEngine()
        let job = try await first.submit("print x")
        let second = try TestEngine(on: first.data)
        #expect(try await second.serving { try await $0.finished(job).outputText } == "x")
        let third = try TestEngine(on: first.data)
        #expect(try await third.engine.jobs.wait(for: job.id, seconds: 10).state == .finished)
    }

    @Test("when the time is up the job comes back as it stands")
    func timesOut() async throws {
        try await TestEngine().serving { test in
            let job = try await test.submit("hold a")
            #expect(await test.runner.hasStarted("hold a"))
            #expect(try await test.engine.jobs.wait(for: job.id, seconds: 0.02).state == .running)
            #expect(try await test.engine.jobs.wait(for: job.id, seconds: 0).state == .running)
            test.runner.release("a")
            #expect(try await test.finished(job).state == .finished)
        }
    }

    @Test("who waits for a new job is told nothing that a power cut could undo")
    func durable() async throws {
        try await TestEngine().serving { test in
            // Those that come while the dispatcher looks for work have to be queued.
            let hasBegunAtOnce = try await eventually {
                let job = try await test.engine.jobs.submit(TestEngine.spec("print x"), waiting: 10)
                #expect(job.state == .finished)
                return test.store.undurable.contains(job.id)
            }
            #expect(hasBegunAtOnce, "one sync, that of its end, is of all that was written before")
            let running = try await test.engine.jobs.submit(
                TestEngine.spec("hold a"), waiting: 0.02)
            #expect(running.state == .running)
            #expect(test.store.undurable == [])
            test.store.fail(.flush, times: 1)
            await #expect {
                _ = try await test.engine.jobs.submit(TestEngine.spec("hold a"), waiting: 0.02)
            } throws: { ($0 as? CodeBoxError)?.code == .storeFailed }
            let accepted = try await test.submit("print y")
            #expect(!test.store.undurable.contains(accepted.id))
            test.runner.release("a")
            for number in 0..<8 {
                let once = try await test.engine.jobs.submit(
                    TestEngine.spec("print \(number)", atMostOnce: true), waiting: 10)
                #expect(once.state == .finished)
                #expect(!test.store.undurable.contains(once.id), "it was known before it began")
            }
        }
    }

    @Test("a client that hangs up waits no longer, whether it submitted the job or asks for it")
    func hangsUp() async throws {
        let test = try TestEngine()
        for isNew in [true, false] {
            let stop = StopSignal()
            let queued = try await test.submit("print x")
            try await withThrowingTaskGroup(of: JobState.self) { group in
                group.addTask {
                    let jobs = test.engine.jobs
                    guard isNew else {
                        return try await jobs.wait(for: queued.id, seconds: 60, until: stop).state
                    }
                    return try await jobs.submit(
                        TestEngine.spec("print y"), for: Principal(), waiting: 60, until: stop
                    ).state
                }
                #expect(await eventually { test.engine.board.watchCount == 1 })
                stop.fire(.disconnected)
                let state = try await group.next()
                #expect(state == .queued)
            }
            #expect(test.engine.board.watchCount == 0)
        }
        #expect(try await test.store.counts()[.queued] == 3)
    }

    @Test("a client that goes away leaves nothing behind")
    func canceled() async throws {
        let test = try TestEngine()
        let job = try await test.submit("print x")
        let state = try await withThrowingTaskGroup(of: JobState.self) { group in
            group.addTask { try await test.engine.jobs.wait(for: job.id, seconds: 60).state }
            #expect(await eventually { test.engine.board.watchCount == 1 })
            group.cancelAll()
            return try await group.next()
        }
        #expect(state == .queued)
        #expect(test.engine.board.watchCount == 0)
    }

    @Test("an unknown job, and one client too many, are errors")
    func errors() async throws {
        let test = try TestEngine { $0.maximumWaits = 1 }
        await #expect {
            _ = try await test.engine.jobs.wait(for: JobID(), seconds: 5)
        } throws: { ($0 as? CodeBoxError)?.code == .jobNotFound }
        let job = try await test.submit("print x")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await test.engine.jobs.wait(for: job.id, seconds: 60) }
            #expect(await eventually { test.engine.board.watchCount == 1 })
            await #expect {
                _ = try await test.engine.jobs.wait(for: job.id, seconds: 5)
            } throws: { ($0 as? CodeBoxError)?.code == .queueFull }
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

import CodeBoxCore
import CodeBoxJobs
import Testing

@testable import CodeBoxWorker

@Suite("JobEngine: events of other servers", .timeLimit(.minutes(1)))
struct JobEventsInEngineTests {
    @Test("a client hears of a job that another server finished, though not with the event itself")
    func finishedElsewhere() async throws {
        let test = try TestEngine()
        let job = try await test.submit("print x")
        try await withThrowingTaskGroup(of: Job.self) { group in
            group.addTask { try await test.engine.jobs.wait(for: job.id, seconds: 10) }
            #expect(await eventually { test.engine.board.watchCount == 1 })
            let leased = try await test.store.lease(
                worker: "other", count: 1, until: Timestamp.now.advanced(bySeconds: 60))
            let attempt = try #require(leased.first).attempt
            let result = JobResult(outcome: .exited, exitCode: 7)
            let isKept = try await test.store.finish(
                job.id, attempt: attempt, worker: "other", result: result, at: .now)
            #expect(isKept)
            test.events.publish(.finished(job.id, job: nil))
            let heard = try await group.next()
            #expect(heard?.result == result)
        }
    }

    @Test("a job that was canceled at another server is killed here")
    func canceledElsewhere() async throws {
        try await TestEngine().serving { test in
            let job = try await test.submit("hold a")
            #expect(await test.runner.hasStarted("hold a"))
            _ = try await test.store.cancel(job.id)
            test.events.publish(.canceled(job.id))
            #expect(try await test.finished(job).result?.outcome == .canceled)
        }
    }

    @Test("a job that another server queued is run at once")
    func queuedElsewhere() async throws {
        try await TestEngine { $0.maintenanceSeconds = 3600 }.serving { test in
            #expect(await eventually { test.engine.dispatcher.isServing })
            #expect(await eventually { test.engine.slots.free == 2 })
            let job = Job(id: JobID(), spec: TestEngine.spec("print x"))
            try await test.store.insert([job], maximumQueued: 10)
            test.events.publish(.available)
            #expect(try await test.finished(job).outputText == "x")
        }
    }

    @Test("an engine that is gone listens no more")
    func ends() async throws {
        let events: LocalJobEvents
        weak var dispatcher: Dispatcher?
        do {
            let test = try TestEngine()
            events = test.events
            dispatcher = test.engine.dispatcher
            events.publish(.available)
        }
        #expect(dispatcher == nil)
        events.publish(.available)
    }
}

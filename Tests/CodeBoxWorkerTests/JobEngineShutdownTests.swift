import CodeBoxCore
import Logging
import ServiceLifecycle
import Testing

@testable import CodeBoxWorker

@Suite("JobEngine: shutting down", .timeLimit(.minutes(1)))
struct JobEngineShutdownTests {
    private func isShuttingDown(_ error: any Error) -> Bool {
        (error as? CodeBoxError)?.code == .shuttingDown
    }

    @Test("new work is refused, what runs may end, and what is queued stays queued")
    func graceful() async throws {
        let test = try TestEngine { $0.slots = 1 }
        let group = ServiceGroup(
            services: [test.engine], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let running = try await test.submit("hold a")
            #expect(await test.runner.hasStarted("hold a"))
            let queued = try await test.submit("print b")
            await group.triggerGracefulShutdown()
            #expect(await eventually { test.engine.shutdown.hasBegun })
            await #expect(
                performing: {
                    _ = try await test.submit("print c")
                }, throws: isShuttingDown)
            await #expect(
                performing: {
                    _ = try await test.engine.runs.run(
                        TestEngine.spec("print d"), until: StopSignal())
                }, throws: isShuttingDown)
            test.runner.release("a")
            try await tasks.waitForAll()
            #expect(try await test.engine.jobs.job(running.id).result?.outcome == .exited)
            #expect(try await test.engine.jobs.job(queued.id).state == .queued)
        }
    }

    @Test("after the grace period what still runs is killed and given back to the queue")
    func graceEnds() async throws {
        let test = try TestEngine {
            $0.slots = 2
            $0.graceSeconds = 0.05
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await test.engine.run() }
            let again = try await test.submit("hold a")
            let once = try await test.submit("hold b", atMostOnce: true)
            #expect(await test.runner.hasStarted("hold a"))
            #expect(await test.runner.hasStarted("hold b"))
            test.engine.beginShutdown()
            try await tasks.waitForAll()
            #expect(test.runner.running == 0)
            #expect(try await test.engine.jobs.job(again.id).state == .queued)
            #expect(try await test.engine.jobs.job(once.id).result?.outcome == .lost)
        }
    }

    @Test("direct runs may end too, and after the grace period are told why they did not")
    func directRuns() async throws {
        let test = try TestEngine {
            $0.slots = 1
            $0.graceSeconds = 0.1
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await test.engine.run() }
            let inSlot = Task {
                try await test.engine.runs.run(TestEngine.spec("hold a"), until: StopSignal())
            }
            #expect(await test.runner.hasStarted("hold a"))
            let inLine = Task {
                try await test.engine.runs.run(TestEngine.spec("print b"), until: StopSignal())
            }
            #expect(await eventually { test.engine.slots.waitingCount >= 1 })
            test.engine.beginShutdown()
            await #expect(performing: { _ = try await inLine.value }, throws: isShuttingDown)
            await #expect(performing: { _ = try await inSlot.value }, throws: isShuttingDown)
            try await tasks.waitForAll()
        }
    }

    @Test("a batch's client is told of each program that shutdown cut short")
    func batch() async throws {
        let test = try TestEngine {
            $0.slots = 1
            $0.graceSeconds = 0.1
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await test.engine.run() }
            let batch = Task {
                var errors: [CodeBoxError.Code?] = []
                try await test.engine.runs.run(
                    (0..<5).map { TestEngine.spec("hold \($0)") },
                    with: test.engine.runs.admitBatch(), until: StopSignal()
                ) { _, result in
                    do throws(CodeBoxError) {
                        _ = try result.get()
                        errors.append(nil)
                    } catch {
                        errors.append(error.code)
                    }
                }
                return errors
            }
            #expect(await eventually { test.runner.running == 1 })
            test.engine.beginShutdown()
            #expect(try await batch.value == Array(repeating: .shuttingDown, count: 5))
            try await tasks.waitForAll()
        }
    }

    @Test("clients that wait for a queued job are sent away when the engine has ended")
    func waiting() async throws {
        let test = try TestEngine { $0.slots = 1 }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await test.engine.run() }
            _ = try await test.submit("hold a")
            #expect(await test.runner.hasStarted("hold a"))
            let queued = try await test.submit("print b")
            let waiting = Task { try await test.engine.jobs.wait(for: queued.id, seconds: 60) }
            #expect(await eventually { test.engine.board.watchCount == 1 })
            test.engine.beginShutdown()
            test.runner.release("a")
            #expect(try await waiting.value.state == .queued)
            try await tasks.waitForAll()
        }
    }

    @Test("a store that fails to the end holds shutdown up no longer than it may")
    func deadStore() async throws {
        let test = try TestEngine { $0.graceSeconds = 0.05 }
        let began = ContinuousClock.now
        let job = try await test.serving { test in
            test.store.fail(.finish, times: .max)
            let job = try await test.submit("print x")
            #expect(await test.runner.hasStarted("print x"))
            return job
        }
        #expect(ContinuousClock.now - began < .seconds(20))
        // The next server finds it and runs it again.
        try await TestEngine(on: test.data).serving { next in
            let ended = try await next.finished(job)
            #expect(ended.attempt == 2)
        }
    }

    @Test("an engine whose task is canceled kills what runs and gives it back")
    func hardStop() async throws {
        let test = try TestEngine()
        let service = Task { try await test.engine.run() }
        let job = try await test.submit("hold a")
        #expect(await test.runner.hasStarted("hold a"))
        service.cancel()
        try await service.value
        #expect(test.runner.running == 0)
        #expect(try await test.engine.jobs.job(job.id).state == .queued)
    }
}

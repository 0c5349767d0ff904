import CodeBoxCore
import Testing

@testable import CodeBoxWorker

@Suite("JobEngine: canceling jobs", .timeLimit(.minutes(1)))
struct JobEngineCancelTests {
    @Test("a queued job that is canceled never runs, and those who wait for it know at once")
    func queued() async throws {
        try await TestEngine { $0.slots = 1 }.serving { test in
            _ = try await test.submit("hold a")
            #expect(await test.runner.hasStarted("hold a"))
            let job = try await test.submit("print never")
            try await withThrowingTaskGroup(of: Job.self) { group in
                group.addTask { try await test.finished(job) }
                #expect(await eventually { test.engine.board.watchCount == 1 })
                let canceled = try await test.engine.jobs.cancel(job.id)
                #expect(canceled.result?.outcome == .canceled)
                #expect(try await group.next() == canceled)
            }
            test.runner.release("a")
            _ = try await test.finished(try await test.submit("print last"))
            #expect(!test.runner.started.contains("print never"))
        }
    }

    @Test("a running job that is canceled is killed at once")
    func running() async throws {
        try await TestEngine().serving { test in
            let job = try await test.submit("hold a")
            #expect(await test.runner.hasStarted("hold a"))
            let answer = try await test.engine.jobs.cancel(job.id)
            #expect(answer.cancelRequested)
            let ended = try await test.finished(job)
            #expect(ended.result?.outcome == .canceled)
            #expect(ended.result?.signal == 9)
            #expect(ended.result?.limits != nil)
            #expect(test.runner.running == 0)
            await #expect {
                _ = try await test.engine.jobs.cancel(job.id)
            } throws: { ($0 as? CodeBoxError)?.code == .jobFinished }
        }
    }

    @Test("a job canceled between its lease and its start is canceled nevertheless")
    func betweenLeaseAndStart() async throws {
        let test = try TestEngine()
        let lease = test.store.hold(.lease)
        let job = try await test.submit("hold a")
        try await test.serving { test in
            #expect(await lease.reached.value(within: .seconds(10)) != nil)
            let running = try await test.engine.jobs.cancel(job.id)
            #expect(running.state == .running)
            lease.open.fire(())
            #expect(try await test.finished(job).result?.outcome == .canceled)
        }
    }

    @Test("a job that ends by itself at the moment it is canceled keeps its own end")
    func ownEndWins() async throws {
        try await TestEngine().serving { test in
            for index in 0..<30 {
                let job = try await test.submit("hold \(index)")
                #expect(await test.runner.hasStarted("hold \(index)"))
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { test.runner.release("\(index)") }
                    group.addTask { _ = try? await test.engine.jobs.cancel(job.id) }
                }
                let outcome = try await test.finished(job).result?.outcome
                #expect(outcome == .exited || outcome == .canceled)
            }
            #expect(await eventually { test.engine.slots.free == 2 })
        }
    }

    @Test("an unknown job can't be canceled")
    func unknown() async throws {
        let test = try TestEngine()
        await #expect {
            _ = try await test.engine.jobs.cancel(JobID())
        } throws: { ($0 as? CodeBoxError)?.code == .jobNotFound }
    }
}

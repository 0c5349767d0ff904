import CodeBoxCore
import CodeBoxJobs
import Testing

@testable import CodeBoxWorker

@Suite("JobEngine: when something breaks", .timeLimit(.minutes(1)))
struct JobEngineRecoveryTests {
    @Test("a job whose warden dies is run again when the warden is back, and not before")
    func wardenDies() async throws {
        try await TestEngine().serving { test in
            let job = try await test.submit("fell-once")
            #expect(await test.runner.hasStarted("fell-once"))
            #expect(
                await eventually { (try? await test.store.counts()[.queued]) == 1 })
            let other = try await test.submit("print x")
            // Time enough to lease both, if anybody did.
            try await Task.sleep(for: .milliseconds(100))
            #expect(test.runner.started == ["fell-once"])
            test.runner.bringBack()
            let ended = try await test.finished(job)
            #expect(ended.attempt == 2)
            #expect(ended.result?.outcome == .exited)
            #expect(try await test.finished(other).attempt == 1)
        }
    }

    @Test("a job whose warden dies twice is lost, and so is one that may run only once")
    func lost() async throws {
        try await TestEngine().serving { test in
            let once = try await test.submit("fell", atMostOnce: true)
            let lost = try await test.finished(once)
            #expect(lost.result?.outcome == .lost)
            #expect(lost.result?.error?.contains("at most once") == true)
            test.runner.bringBack()
            let twice = try await test.submit("fell")
            #expect(
                await eventually {
                    test.runner.bringBack()
                    return (try? await test.engine.jobs.job(twice.id).state) == .finished
                })
            let ended = try await test.finished(twice)
            #expect(ended.result?.outcome == .lost)
            #expect(ended.attempt == 2)
        }
    }

    @Test("a job whose sandbox can't be made ends as failed and says which step")
    func sandboxFails() async throws {
        try await TestEngine().serving { test in
            let job = try await test.finished(try await test.submit("break"))
            #expect(job.result?.outcome == .failed)
            #expect(job.result?.error?.contains("mount /proc") == true)
            #expect(job.attempt == 1)
        }
    }

    @Test("what a killed server left running is recovered at the next start")
    func restart() async throws {
        let before = try TestEngine()
        let again = try await before.submit("print again")
        let once = try await before.submit("print once", atMostOnce: true)
        let canceled = try await before.submit("print canceled")
        _ = try await before.store.lease(
            worker: "test", count: 3, until: Timestamp.now.advanced(bySeconds: 3600))
        _ = try await before.engine.jobs.cancel(canceled.id)
        try await TestEngine(on: before.data).serving { test in
            let ended = try await test.finished(again)
            #expect(ended.outputText == "again")
            #expect(ended.attempt == 2)
            #expect(try await test.finished(once).result?.outcome == .lost)
            #expect(try await test.finished(canceled).result?.outcome == .canceled)
            #expect(test.runner.started == ["print again"])
        }
    }

    @Test("a lease of another worker that is overdue is taken back")
    func overdue() async throws {
        let test = try TestEngine { $0.maintenanceSeconds = 0.02 }
        let job = try await test.submit("print x")
        _ = try await test.store.lease(worker: "gone", count: 1, until: .now)
        try await test.serving { test in
            let ended = try await test.finished(job)
            #expect(ended.attempt == 2)
        }
    }

    @Test("a long job keeps its lease")
    func heartbeat() async throws {
        try await TestEngine {
            $0.leaseSeconds = 2
            $0.maintenanceSeconds = 0.05
        }.serving { test in
            let job = try await test.submit("hold a")
            try await Task.sleep(for: .seconds(3))
            test.runner.release("a")
            let ended = try await test.finished(job)
            #expect(ended.attempt == 1)
            #expect(ended.result?.outcome == .exited)
        }
    }

    @Test("a job that was given to someone else is killed here and its result dropped")
    func leaseLost() async throws {
        // With its one slot taken, the engine itself can't lease the job that goes back to the
        // queue.
        try await TestEngine {
            $0.slots = 1
            $0.leaseSeconds = 0.3
        }.serving { test in
            let job = try await test.submit("hold a")
            #expect(await test.runner.hasStarted("hold a"))
            _ = try await test.store.reap(now: .now, worker: "test", maximumAttempts: 2)
            let taken = try await test.store.lease(
                worker: "other", count: 1, until: Timestamp.now.advanced(bySeconds: 60))
            #expect(taken.map(\.id) == [job.id])
            #expect(await eventually { test.runner.running == 0 })
            #expect(await eventually { test.engine.running.attempts.isEmpty })
            let now = try await test.engine.jobs.job(job.id)
            #expect(now.state == .running)
            #expect(now.attempt == 2)
            #expect(test.engine.slots.free == 1)
        }
    }

    @Test("a store that fails for a while loses no job and no result")
    func storeFails() async throws {
        let test = try TestEngine()
        test.store.fail(.lease, times: 3)
        try await test.serving { test in
            test.store.fail(.finish, times: 5)
            let job = try await test.finished(try await test.submit("print kept"))
            #expect(job.outputText == "kept")
            #expect(job.attempt == 1)
            #expect(test.store.faultsLeft(.lease) == 0)
            #expect(test.store.faultsLeft(.finish) == 0)
            test.store.fail(.release, times: 3)
            let fallen = try await test.submit("fell-once")
            #expect(await test.runner.hasStarted("fell-once"))
            #expect(await eventually { (try? await test.store.counts()[.queued]) == 1 })
            test.runner.bringBack()
            #expect(try await test.finished(fallen).attempt == 2)
        }
    }

    @Test("a result the store never takes ends the job as failed, without its outputs")
    func storeRefuses() async throws {
        try await TestEngine().serving { test in
            test.store.refuseOutputs(above: 3)
            let job = try await test.finished(try await test.submit("print too long"))
            #expect(job.result?.outcome == .failed)
            #expect(job.result?.error?.contains("does not fit") == true)
            #expect(job.result?.stdout.totalBytes == 8)
            #expect(job.outputText == "")
            #expect(try await test.finished(try await test.submit("print ok")).outputText == "ok")
        }
    }

    @Test("finished jobs are deleted after their retention")
    func prunes() async throws {
        try await TestEngine {
            $0.maintenanceSeconds = 0.02
            $0.retentionSeconds = 0.3
        }.serving { test in
            let job = try await test.finished(try await test.submit("print x"))
            #expect(await eventually { (try? await test.store.job(job.id)) == .some(nil) })
        }
    }
}

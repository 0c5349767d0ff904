import CodeBoxCore
import Testing

@testable import CodeBoxWorker

@Suite("RunRegistry")
struct RunRegistryTests {
    private func job() -> Job { Job(id: JobID(), spec: TestEngine.spec("x"), attempt: 1) }

    @Test(
        "a job canceled while its lease is on its way is stopped when it arrives, and no other")
    func canceledEarly() async throws {
        let registry = RunRegistry()
        let (one, other) = (job(), job())
        let runs = try await registry.leasing {
            registry.cancel(one.id)
            return [one, other]
        }
        #expect(runs.map(\.stop.reason) == [.canceled, nil])
        #expect(try await registry.leasing { [one] }.map(\.stop.reason) == [nil])
    }

    @Test("a lease that fails is over: a later cancellation is of no lease, and nothing is left")
    func leaseFails() async throws {
        let registry = RunRegistry()
        let one = job()
        await #expect(throws: CodeBoxError.self) {
            _ = try await registry.leasing { () throws(CodeBoxError) in
                throw CodeBoxError(.storeFailed, "the disk is on fire")
            }
        }
        registry.cancel(one.id)
        #expect(try await registry.leasing { [one] }.map(\.stop.reason) == [nil])
        registry.close()
        registry.remove(Attempt(one))
        await registry.drained()
        #expect(registry.attempts.isEmpty)
    }

    @Test("an attempt that lost its lease is stopped, its successor is not")
    func disowns() async throws {
        let registry = RunRegistry()
        let first = job()
        var second = first
        second.attempt = 2
        let runs = try await registry.leasing { [first, second] }
        registry.disown([Attempt(first)])
        #expect(runs.map(\.stop.reason) == [.leaseLost, nil])
        registry.stopAll(.shutdown)
        #expect(runs.map(\.stop.reason) == [.leaseLost, .shutdown])
    }

    @Test("once closed it lets no run in and says when the last is gone")
    func drains() async {
        let registry = RunRegistry()
        let attempt = Attempt(job())
        #expect(registry.register(attempt, StopSignal()))
        registry.close()
        #expect(!registry.register(Attempt(job()), StopSignal()))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await registry.drained() }
            registry.remove(attempt)
        }
        #expect(registry.attempts.isEmpty)
    }
}

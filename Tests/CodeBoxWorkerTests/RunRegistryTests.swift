import CodeBoxCore
import Testing

@testable import CodeBoxWorker

@Suite("RunRegistry")
struct RunRegistryTests {
    private func job() -> Job { Job(id: JobID(), spec: TestEngine.spec("x"), attempt: 1) }

    @Test(
        "a job canceled while its lease is on its way is interrupted when it arrives, and no other")
    func canceledEarly() {
        let registry = RunRegistry()
        let (one, other) = (job(), job())
        registry.willLease()
        registry.cancel(one.id)
        let runs = registry.leased([one, other])
        #expect(runs.map(\.event.fired) == [.canceled, nil])
        registry.willLease()
        #expect(registry.leased([one]).map(\.event.fired) == [nil])
    }

    @Test("an attempt that lost its lease is interrupted, its successor is not")
    func disowns() {
        let registry = RunRegistry()
        let first = job()
        var second = first
        second.attempt = 2
        registry.willLease()
        let runs = registry.leased([first, second])
        registry.disown([Attempt(first)])
        #expect(runs.map(\.event.fired) == [.leaseLost, nil])
        registry.interruptAll(.shutdown)
        #expect(runs.map(\.event.fired) == [.leaseLost, .shutdown])
    }

    @Test("once closed it lets no run in and says when the last is gone")
    func drains() async {
        let registry = RunRegistry()
        let attempt = Attempt(job())
        #expect(registry.register(attempt) != nil)
        registry.close()
        #expect(registry.register(Attempt(job())) == nil)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await registry.drained() }
            registry.remove(attempt)
        }
        #expect(registry.attempts.isEmpty)
    }
}

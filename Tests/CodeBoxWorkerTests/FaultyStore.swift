import CodeBoxCore
import CodeBoxJobs
import Synchronization

@testable import CodeBoxWorker

/// A store whose disk fails on demand, and which can keep an answer back.
final class FaultyStore: JobStore {
    enum Method: Hashable, Sendable {
        case insert, flush, lease, heartbeat, finish, release
    }

    private let store: any JobStore
    private let faults = Mutex<[Method: Int]>([:])
    private let largestOutput = Mutex(Int.max)
    private let unflushed = Mutex<Set<JobID>>([])
    private let gates = Mutex<[Method: (reached: OneShot<Void>, open: OneShot<Void>)]>([:])

    init(_ store: any JobStore) {
        self.store = store
    }

    /// The next calls of the method fail.
    func fail(_ method: Method, times: Int) {
        faults.withLock { $0[method] = times }
    }

    /// Faults asked for that have not yet happened.
    func faultsLeft(_ method: Method) -> Int { faults.withLock { $0[method] ?? 0 } }

    /// Jobs that a power cut would still undo.
    var undurable: Set<JobID> { unflushed.withLock { $0 } }

    /// From now on results with a longer output are refused.
    func refuseOutputs(above bytes: Int) {
        largestOutput.withLock { $0 = bytes }
    }

    /// Keeps the answer of the next lease, or of the next insertion of a leased job, back until the
    /// returned event is fired.
    func hold(_ method: Method) -> (reached: OneShot<Void>, open: OneShot<Void>) {
        let events = (reached: OneShot<Void>(), open: OneShot<Void>())
        gates.withLock { $0[method] = events }
        return events
    }

    private func passGate(_ method: Method) async {
        guard let gate = gates.withLock({ $0.removeValue(forKey: method) }) else { return }
        gate.reached.fire(())
        _ = await gate.open.value(within: .seconds(10))
    }

    private func check(_ method: Method) throws(CodeBoxError) {
        let fails = faults.withLock { faults in
            guard let left = faults[method], left > 0 else { return false }
            faults[method] = left - 1
            return true
        }
        if fails { throw CodeBoxError(.storeFailed, "the disk is on fire") }
    }

    func insert(_ jobs: [Job], maximumQueued: Int) async throws(CodeBoxError) {
        try check(.insert)
        try await store.insert(jobs, maximumQueued: maximumQueued)
    }

    func insertLeased(
        _ job: Job, worker: String, until: Timestamp, durability: Durability
    ) async throws(CodeBoxError) -> Job {
        try check(.insert)
        let leased = try await store.insertLeased(
            job, worker: worker, until: until, durability: durability)
        if durability == .later { unflushed.withLock { _ = $0.insert(job.id) } }
        await passGate(.insert)
        return leased
    }

    func flush() async throws(CodeBoxError) {
        try check(.flush)
        try await store.flush()
        unflushed.withLock { $0 = [] }
    }

    func lease(worker: String, count: Int, until: Timestamp) async throws(CodeBoxError) -> [Job] {
        try check(.lease)
        let jobs = try await store.lease(worker: worker, count: count, until: until)
        if !jobs.isEmpty { await passGate(.lease) }
        return jobs
    }

    func heartbeat(worker: String, until: Timestamp) async throws(CodeBoxError) -> Set<JobID> {
        try check(.heartbeat)
        return try await store.heartbeat(worker: worker, until: until)
    }

    func finish(
        _ id: JobID, attempt: Int, worker: String, result: JobResult, at instant: Timestamp
    ) async throws(CodeBoxError) -> Bool {
        try check(.finish)
        if result.stdout.bytes.count > largestOutput.withLock({ $0 }) {
            throw CodeBoxError(.storeFailed, "the output does not fit")
        }
        return try await store.finish(
            id, attempt: attempt, worker: worker, result: result, at: instant)
    }

    func release(
        _ id: JobID, attempt: Int, worker: String, maximumAttempts: Int, reason: String
    ) async throws(CodeBoxError) -> Job? {
        try check(.release)
        return try await store.release(
            id, attempt: attempt, worker: worker, maximumAttempts: maximumAttempts, reason: reason)
    }

    func cancel(_ id: JobID) async throws(CodeBoxError) -> Job { try await store.cancel(id) }

    func reap(now: Timestamp, worker: String?, maximumAttempts: Int)
        async throws(CodeBoxError) -> [Job]
    {
        try await store.reap(now: now, worker: worker, maximumAttempts: maximumAttempts)
    }

    func job(_ id: JobID) async throws(CodeBoxError) -> Job? { try await store.job(id) }

    func list(_ query: JobQuery) async throws(CodeBoxError) -> JobPage {
        try await store.list(query)
    }

    func counts() async throws(CodeBoxError) -> [JobState: Int] { try await store.counts() }

    func prune(finishedBefore instant: Timestamp, limit: Int) async throws(CodeBoxError) -> Int {
        try await store.prune(finishedBefore: instant, limit: limit)
    }
}

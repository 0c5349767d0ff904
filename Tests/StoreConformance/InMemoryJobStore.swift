package import CodeBoxCore
package import CodeBoxJobs
import Synchronization

/// A job store in memory. It shows that the conformance suite does not depend on SQLite.
package final class InMemoryJobStore: JobStore {
    private struct Entry {
        var job: Job
        /// Its place in the order of insertion.
        var sequence: Int
        var worker: String?
        var leaseUntil: Timestamp?
    }

    private struct State {
        var entries: [JobID: Entry] = [:]
        var lastSequence = 0
        /// Queued jobs by their place; kept apart so that a lease does not look at all jobs.
        var queue: [Int: JobID] = [:]

        mutating func put(_ entry: Entry) {
            entries[entry.job.id] = entry
            queue[entry.sequence] = entry.job.state == .queued ? entry.job.id : nil
        }
    }

    private let state = Mutex(State())

    package init() {}

    package func insert(_ jobs: [Job], maximumQueued: Int) async throws(CodeBoxError) {
        try state.withLock { state throws(CodeBoxError) in
            guard state.queue.count + jobs.count <= maximumQueued else {
                throw CodeBoxError.queueIsFull(maximum: maximumQueued)
            }
            var fresh: Set<JobID> = []
            for job in jobs where state.entries[job.id] != nil || !fresh.insert(job.id).inserted {
                throw CodeBoxError.jobExists(job.id)
            }
            for job in jobs {
                state.lastSequence += 1
                state.put(Entry(job: job, sequence: state.lastSequence))
            }
        }
    }

    package func insertLeased(
        _ job: Job, worker: String, until: Timestamp, durability: Durability
    ) async throws(CodeBoxError) -> Job {
        try state.withLock { state throws(CodeBoxError) in
            guard state.entries[job.id] == nil else { throw CodeBoxError.jobExists(job.id) }
            state.lastSequence += 1
            let leased = job.leased(at: .now)
            state.put(
                Entry(
                    job: leased, sequence: state.lastSequence, worker: worker, leaseUntil: until))
            return leased
        }
    }

    package func flush() async throws(CodeBoxError) {}

    package func lease(worker: String, count: Int, until: Timestamp)
        async throws(CodeBoxError) -> [Job]
    {
        state.withLock { state in
            let taken = state.queue.keys.sorted().prefix(max(0, count)).compactMap {
                state.queue[$0]
            }
            return taken.compactMap { id in
                guard var entry = state.entries[id] else { return nil }
                entry.job = entry.job.leased(at: .now)
                entry.worker = worker
                entry.leaseUntil = until
                state.put(entry)
                return entry.job
            }
        }
    }

    package func heartbeat(worker: String, until: Timestamp)
        async throws(CodeBoxError) -> Set<JobID>
    {
        state.withLock { state in
            var held: Set<JobID> = []
            for var entry in state.entries.values where entry.worker == worker {
                entry.leaseUntil = until
                state.put(entry)
                held.insert(entry.job.id)
            }
            return held
        }
    }

    package func finish(
        _ id: JobID, attempt: Int, worker: String, result: JobResult, at instant: Timestamp
    ) async throws(CodeBoxError) -> Bool {
        state.withLock { state in
            guard var entry = Self.held(id, attempt: attempt, worker: worker, in: state) else {
                return false
            }
            entry.job.state = .finished
            entry.job.finishedAt = instant
            entry.job.result = result
            entry.worker = nil
            entry.leaseUntil = nil
            state.put(entry)
            return true
        }
    }

    package func release(
        _ id: JobID, attempt: Int, worker: String, maximumAttempts: Int, reason: String
    ) async throws(CodeBoxError) -> Job? {
        state.withLock { state in
            guard let entry = Self.held(id, attempt: attempt, worker: worker, in: state) else {
                return nil
            }
            return Self.takeBack(
                entry, in: &state, now: .now, maximumAttempts: maximumAttempts, reason: reason)
        }
    }

    package func cancel(_ id: JobID) async throws(CodeBoxError) -> Job {
        try state.withLock { state throws(CodeBoxError) in
            guard var entry = state.entries[id] else { throw CodeBoxError.noSuchJob(id) }
            entry.job = try entry.job.canceled(at: .now)
            state.put(entry)
            return entry.job
        }
    }

    package func reap(now: Timestamp, worker: String?, maximumAttempts: Int)
        async throws(CodeBoxError) -> [Job]
    {
        state.withLock { state in
            let overdue = state.entries.values.filter { entry in
                guard entry.job.state == .running else { return false }
                if let worker { return entry.worker == worker }
                return entry.leaseUntil.map { $0 < now } ?? true
            }
            return overdue.map { entry in
                Self.takeBack(
                    entry, in: &state, now: now, maximumAttempts: maximumAttempts,
                    reason: JobInterruption.workerLost)
            }
        }
    }

    package func job(_ id: JobID) async throws(CodeBoxError) -> Job? {
        state.withLock { $0.entries[id]?.job }
    }

    package func list(_ query: JobQuery) async throws(CodeBoxError) -> JobPage {
        let matching = state.withLock { state in
            state.entries.values.map(\.job)
                .filter { job in query.matches(job) && query.before.map { job.id < $0 } ?? true }
                .sorted { $0.id > $1.id }
        }
        let page = Array(matching.prefix(max(1, query.limit)))
        return JobPage(jobs: page, next: matching.count > page.count ? page.last?.id : nil)
    }

    package func counts() async throws(CodeBoxError) -> [JobState: Int] {
        state.withLock { state in
            var counts = Dictionary(uniqueKeysWithValues: JobState.allCases.map { ($0, 0) })
            for entry in state.entries.values { counts[entry.job.state, default: 0] += 1 }
            return counts
        }
    }

    package func prune(finishedBefore instant: Timestamp, limit: Int)
        async throws(CodeBoxError) -> Int
    {
        state.withLock { state in
            let old = state.entries.values.compactMap { entry in
                entry.job.finishedAt.flatMap { $0 < instant ? (end: $0, id: entry.job.id) : nil }
            }
            let doomed = old.sorted { $0.end < $1.end }.prefix(max(0, limit))
            for job in doomed { state.entries[job.id] = nil }
            return doomed.count
        }
    }

    private static func held(_ id: JobID, attempt: Int, worker: String, in state: State) -> Entry? {
        guard let entry = state.entries[id], entry.job.state == .running,
            entry.job.attempt == attempt, entry.worker == worker
        else { return nil }
        return entry
    }

    private static func takeBack(
        _ entry: Entry, in state: inout State, now: Timestamp, maximumAttempts: Int, reason: String
    ) -> Job {
        var entry = entry
        entry.job = entry.job.takenBack(at: now, maximumAttempts: maximumAttempts, reason: reason)
        entry.worker = nil
        entry.leaseUntil = nil
        state.put(entry)
        return entry.job
    }
}

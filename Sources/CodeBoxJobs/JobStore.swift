package import CodeBoxCore

/// Where jobs are kept. Every sentence here is checked on every implementation by the conformance
/// suite (`Tests/StoreConformance`).
///
/// Every method is atomic and, once it returns, durable where the store is, unless it is asked for
/// less. A method that has begun
/// is carried out even if the task that called it is canceled. All throw ``CodeBoxError`` with code
/// `storeFailed` when the store can't read or write.
package protocol JobStore: Sendable {
    /// Adds queued jobs, all or none.
    /// - Throws: `queueFull` if more than `maximumQueued` jobs would be queued; `storeFailed` if an
    ///   id is there already.
    func insert(_ jobs: [Job], maximumQueued: Int) async throws(CodeBoxError)

    /// Adds a job that `worker` holds from the first: what ``insert(_:maximumQueued:)`` and a lease of
    /// it would come to, in one step. It was never queued, so no bound applies.
    /// - Parameters:
    ///   - job: queued, as for an insertion.
    ///   - durability: of this insertion.
    /// - Returns: the job, running.
    /// - Throws: `storeFailed` if its id is there already.
    func insertLeased(
        _ job: Job, worker: String, until: Timestamp, durability: Durability
    ) async throws(CodeBoxError) -> Job

    /// Makes durable what was written for ``Durability/later``.
    func flush() async throws(CodeBoxError)

    /// Takes up to `count` queued jobs, in the order they were inserted: each becomes running with
    /// `attempt` one higher, held by `worker` until `until` unless extended.
    func lease(worker: String, count: Int, until: Timestamp) async throws(CodeBoxError) -> [Job]

    /// Extends the worker's leases.
    /// - Returns: the jobs it still holds; it must stop work on any other.
    func heartbeat(worker: String, until: Timestamp) async throws(CodeBoxError) -> Set<JobID>

    /// Ends an attempt with its result; the job's `finishedAt` is `instant`.
    /// - Returns: false if that attempt no longer holds the job; the result is then dropped.
    func finish(
        _ id: JobID, attempt: Int, worker: String, result: JobResult, at instant: Timestamp
    ) async throws(CodeBoxError) -> Bool

    /// Gives back a job whose attempt was cut short through no fault of its own. It goes where
    /// ``Job/takenBack(at:maximumAttempts:reason:)`` says: to its old place in the queue, or to an
    /// end as `canceled` or `lost`.
    /// - Parameter reason: for people; becomes the result's `error` if the job is lost.
    /// - Returns: the job in its new state; nil if that attempt no longer holds it.
    func release(
        _ id: JobID, attempt: Int, worker: String, maximumAttempts: Int, reason: String
    ) async throws(CodeBoxError) -> Job?

    /// Marks a job for cancellation. A queued one ends there and then with outcome `canceled`.
    /// - Returns: the job after that; its worker must be told when it is running.
    /// - Throws: `jobNotFound`, `jobFinished`.
    func cancel(_ id: JobID) async throws(CodeBoxError) -> Job

    /// Takes back every running job whose lease ended before `now`, or, when `worker` is given,
    /// every one that worker holds (it has just started anew). They go where
    /// ``Job/takenBack(at:maximumAttempts:reason:)`` says.
    /// - Returns: all it took back, in their new state.
    func reap(now: Timestamp, worker: String?, maximumAttempts: Int) async throws(CodeBoxError)
        -> [Job]

    func job(_ id: JobID) async throws(CodeBoxError) -> Job?

    /// Jobs newest first. Specs and outputs are included.
    func list(_ query: JobQuery) async throws(CodeBoxError) -> JobPage

    /// How many jobs stand in each state; every state has an entry.
    func counts() async throws(CodeBoxError) -> [JobState: Int]

    /// Deletes finished jobs that ended before `instant`, the longest ended first, at most `limit`.
    /// - Returns: how many it deleted.
    func prune(finishedBefore instant: Timestamp, limit: Int) async throws(CodeBoxError) -> Int
}

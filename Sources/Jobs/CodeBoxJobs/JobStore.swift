package import CodeBoxCore

/// Keeps jobs. The conformance suite (`Tests/StoreConformance`) checks every sentence here on every
/// implementation.
///
/// Every method is atomic. Its changes are durable when it returns, if the store is durable and the
/// caller does not ask for less. A method that has begun is carried out even if the task that
/// called it is canceled. All methods throw ``CodeBoxError`` with code `storeFailed` when the store
/// can't read or write.
package protocol JobStore: Sendable {
    /// Adds queued jobs, all or none.
    /// - Throws: `queueFull` if more than `maximumQueued` jobs would be queued; `storeFailed` if
    ///   the store already has a job with one of the ids.
    func insert(_ jobs: [Job], maximumQueued: Int) async throws(CodeBoxError)

    /// Adds a job that `worker` holds from the start, in one step instead of
    /// ``insert(_:maximumQueued:)`` and a lease. The job is never queued, so no bound applies.
    /// - Parameters:
    ///   - job: a queued job, as for an insertion.
    ///   - durability: the durability of this insertion.
    /// - Returns: the job, running.
    /// - Throws: `storeFailed` if the store already has a job with its id.
    func insertLeased(
        _ job: Job, worker: String, until: Timestamp, durability: Durability
    ) async throws(CodeBoxError) -> Job

    /// Makes all writes with ``Durability/later`` durable.
    func flush() async throws(CodeBoxError)

    /// Leases up to `count` queued jobs, in the order in which they were inserted. Each becomes
    /// running with `attempt` one higher. `worker` holds it until `until` unless the lease is
    /// extended.
    func lease(worker: String, count: Int, until: Timestamp) async throws(CodeBoxError) -> [Job]

    /// Extends the worker's leases.
    /// - Returns: the jobs that the worker still holds; it must stop work on any other.
    func heartbeat(worker: String, until: Timestamp) async throws(CodeBoxError) -> Set<JobID>

    /// Ends an attempt with its result; the job's `finishedAt` is `instant`.
    /// - Returns: false if that attempt no longer holds the job; the result is then dropped.
    func finish(
        _ id: JobID, attempt: Int, worker: String, result: JobResult, at instant: Timestamp
    ) async throws(CodeBoxError) -> Bool

    /// Gives back a job whose attempt was cut short through no fault of the job.
    /// ``Job/takenBack(at:maximumAttempts:reason:)`` decides whether it goes to its old place in
    /// the queue or ends as `canceled` or `lost`.
    /// - Parameter reason: a sentence for people; it becomes the result's `error` if the job is
    ///   lost.
    /// - Returns: the job in its new state; nil if that attempt no longer holds it.
    func release(
        _ id: JobID, attempt: Int, worker: String, maximumAttempts: Int, reason: String
    ) async throws(CodeBoxError) -> Job?

    /// Marks a job for cancellation. A queued job ends at once with outcome `canceled`.
    /// - Returns: the marked job. If it is running, its worker must be told.
    /// - Throws: `jobNotFound`, `jobFinished`.
    func cancel(_ id: JobID) async throws(CodeBoxError) -> Job

    /// Takes back every running job whose lease ended before `now`. If `worker` is given, takes
    /// back every job that this worker holds instead; it has just restarted.
    /// ``Job/takenBack(at:maximumAttempts:reason:)`` decides where the jobs go.
    /// - Returns: the jobs that were taken back, in their new state.
    func reap(now: Timestamp, worker: String?, maximumAttempts: Int) async throws(CodeBoxError)
        -> [Job]

    func job(_ id: JobID) async throws(CodeBoxError) -> Job?

    /// Lists jobs, newest first, with their specs and outputs.
    func list(_ query: JobQuery) async throws(CodeBoxError) -> JobPage

    /// The number of jobs in each state; every state has an entry.
    func counts() async throws(CodeBoxError) -> [JobState: Int]

    /// Deletes at most `limit` jobs that finished before `instant`, the earliest finished first.
    /// - Returns: the number of deleted jobs.
    func prune(finishedBefore instant: Timestamp, limit: Int) async throws(CodeBoxError) -> Int
}

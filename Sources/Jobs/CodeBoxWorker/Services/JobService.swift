package import CodeBoxCore
package import CodeBoxJobs

/// Stored jobs: `/v1/jobs`.
package protocol JobService: Sendable {
    /// Checks a job, stores it, and has it run; then waits for its end as
    /// ``wait(for:seconds:until:)`` does, if `seconds` is given.
    /// - Parameters:
    ///   - seconds: how long to wait; nil does not wait.
    ///   - stop: ends the wait, not the job.
    /// - Returns: the job as it stands after that, which is durable.
    /// - Throws: `invalidRequest`, `limitOutOfRange`, `unknownRuntime`, `runtimeNotBuilt`,
    ///   `queueFull`, `shuttingDown`, `storeFailed`.
    func submit(
        _ spec: JobSpec, for principal: Principal, waiting seconds: Double?, until stop: StopSignal
    ) async throws(CodeBoxError) -> Job

    /// - Throws: `jobNotFound`, `storeFailed`.
    func job(_ id: JobID) async throws(CodeBoxError) -> Job

    /// Returns when the job has finished, after `seconds`, or when `stop` fires, whichever is
    /// first. It never polls.
    /// - Throws: `jobNotFound`, `queueFull`, `storeFailed`.
    func wait(for id: JobID, seconds: Double, until stop: StopSignal)
        async throws(CodeBoxError) -> Job

    func list(_ query: JobQuery) async throws(CodeBoxError) -> JobPage

    /// Cancels a job. A queued job never runs; a running one is killed at once.
    /// - Returns: the job as it stands then; a running one may still be ending.
    /// - Throws: `jobNotFound`, `jobFinished`.
    func cancel(_ id: JobID) async throws(CodeBoxError) -> Job
}

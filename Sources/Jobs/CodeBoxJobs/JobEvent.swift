package import CodeBoxCore

/// Something that happened to stored jobs and that other parts of CodeBox act on.
package enum JobEvent: Sendable, Hashable {
    /// A job finished. `job` is the finished job where the event was published in this process;
    /// else it may be nil, and the store has the job.
    case finished(JobID, job: Job?)
    /// A client canceled a job that the store calls running; its worker must end it.
    case canceled(JobID)
    /// The store may have queued jobs to lease.
    case available
}

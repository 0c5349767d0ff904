/// A job as the store keeps it.
package struct Job: Codable, Hashable, Sendable {
    package var id: JobID
    package var spec: JobSpec
    package var state: JobState
    /// How often a worker has taken the job; 0 before the first time.
    package var attempt: Int
    package var createdAt: Timestamp
    /// When the latest attempt began.
    package var startedAt: Timestamp?
    package var finishedAt: Timestamp?
    /// A client canceled the job; its worker ends it.
    package var cancelRequested: Bool
    /// Set exactly when ``state`` is `finished`.
    package var result: JobResult?

    package init(
        id: JobID, spec: JobSpec, state: JobState = .queued, attempt: Int = 0,
        createdAt: Timestamp = .now, startedAt: Timestamp? = nil, finishedAt: Timestamp? = nil,
        cancelRequested: Bool = false, result: JobResult? = nil
    ) {
        self.id = id
        self.spec = spec
        self.state = state
        self.attempt = attempt
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.cancelRequested = cancelRequested
        self.result = result
    }
}

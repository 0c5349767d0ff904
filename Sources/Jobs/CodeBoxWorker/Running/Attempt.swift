import CodeBoxCore

/// One lease of one job. A job that was taken back and leased again is another attempt, and both
/// attempts may run here for a moment.
struct Attempt: Hashable, Sendable {
    let id: JobID
    let number: Int
    /// False for direct runs and programs of batches, which no store knows.
    let isStored: Bool

    init(_ job: Job, isStored: Bool = true) {
        id = job.id
        number = job.attempt
        self.isStored = isStored
    }
}

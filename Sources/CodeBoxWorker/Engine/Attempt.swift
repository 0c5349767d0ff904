import CodeBoxCore

/// One lease of one job. A job that was taken back and leased again is another attempt, and both may
/// still be here for a moment.
struct Attempt: Hashable, Sendable {
    let id: JobID
    let number: Int
    /// False for direct runs, which no store knows.
    let isStored: Bool

    init(_ job: Job, isStored: Bool = true) {
        id = job.id
        number = job.attempt
        self.isStored = isStored
    }
}

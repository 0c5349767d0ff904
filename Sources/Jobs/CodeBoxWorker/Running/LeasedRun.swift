import CodeBoxCore

/// A leased job on its way to be run.
struct LeasedRun: Sendable {
    var job: Job
    /// Ends the run before its time.
    var stop: StopSignal
    /// What was planned when the job was submitted; nil if it was leased from the queue, perhaps by
    /// another server than took it in.
    var plan: JobPlan?
}

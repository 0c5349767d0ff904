package import CodeBoxCore
package import CodeBoxJobs

/// The front of the worker: all that the HTTP API can ask for. HTTP knows neither sandbox nor store.
package protocol JobService: Sendable {
    /// Checks, stores, and wakes the worker; then waits for the end as
    /// ``wait(for:seconds:)`` does, if it is to.
    /// - Parameter seconds: how long to wait; nil is not at all.
    /// - Returns: the job as it stands then, which is durable.
    /// - Throws: `invalidRequest`, `limitOutOfRange`, `unknownRuntime`, `runtimeNotBuilt`,
    ///   `queueFull`, `shuttingDown`, `storeFailed`.
    func submit(_ spec: JobSpec, waiting seconds: Double?) async throws(CodeBoxError) -> Job

    /// Runs without storing anything; returns when the program has ended.
    ///
    /// The program is killed when `stop` fires or the task is canceled. Throws as
    /// ``submit(_:waiting:)``
    /// does, and `sandboxFailed`, `wardenUnavailable`.
    func run(_ spec: JobSpec, until stop: StopSignal) async throws(CodeBoxError) -> Job

    /// - Throws: `shuttingDown`, `queueFull`.
    func admitBatch() throws(CodeBoxError) -> BatchPass

    /// Runs many as ``run(_:until:)`` does, several at a time and in turn with everyone else.
    ///
    /// When `stop` fires, the task is canceled, or `deliver` throws, what runs is killed and the
    /// rest never begins; of these nothing is delivered.
    /// - Parameter deliver: given each program's place in `specs` and what came of it, in the order
    ///   they end, one at a time. While it takes its time, no more than a few others go on.
    /// - Throws: what `deliver` throws.
    func run(
        _ specs: [JobSpec], with pass: BatchPass, until stop: StopSignal,
        deliver: (Int, Result<Job, CodeBoxError>) async throws -> Void
    ) async throws

    /// - Throws: `jobNotFound`, `storeFailed`.
    func job(_ id: JobID) async throws(CodeBoxError) -> Job

    /// Returns when the job has finished or after `seconds`, whichever is first; never polls.
    func wait(for id: JobID, seconds: Double) async throws(CodeBoxError) -> Job

    func list(_ query: JobQuery) async throws(CodeBoxError) -> JobPage

    /// A queued job never runs; a running one is killed at once.
    /// - Returns: the job as it stands then (a running one may still be ending).
    /// - Throws: `jobNotFound`, `jobFinished`.
    func cancel(_ id: JobID) async throws(CodeBoxError) -> Job

    func runtimes() -> [RuntimeSummary]

    /// Counts since the start, and what is there now.
    func metrics() async -> ServiceMetrics

    /// Whether store, warden, runtimes and intake could serve a job now; one entry each.
    func readiness() async -> [ReadinessCheck]
}

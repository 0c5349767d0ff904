package import CodeBoxCore
package import CodeBoxQueue

/// The front of the worker: all that the HTTP API can ask for. HTTP knows neither sandbox nor store.
package protocol JobService: Sendable {
    /// Checks, stores durably, and wakes the worker.
    /// - Throws: `invalidRequest`, `limitOutOfRange`, `unknownRuntime`, `runtimeNotBuilt`,
    ///   `queueFull`, `shuttingDown`, `storeFailed`.
    func submit(_ spec: JobSpec) async throws(CodeBoxError) -> Job

    /// Runs without storing anything; returns when the program has ended.
    ///
    /// Canceling the task kills the program. Throws as ``submit(_:)`` does, and `sandboxFailed`,
    /// `wardenUnavailable`.
    func run(_ spec: JobSpec) async throws(CodeBoxError) -> Job

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

    /// Whether store, warden, runtimes and intake could serve a job now; one entry each.
    func readiness() async -> [ReadinessCheck]
}

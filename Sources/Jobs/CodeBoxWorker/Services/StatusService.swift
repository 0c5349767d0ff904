/// The state of the server itself: runtimes, metrics, readiness.
package protocol StatusService: Sendable {
    /// Every runtime that jobs can name.
    func runtimes() -> [RuntimeSummary]

    /// Counts since the start, and the present state.
    func metrics() async -> ServiceMetrics

    /// Whether store, warden, runtimes and intake could serve a job now; one entry for each.
    func readiness() async -> [ReadinessCheck]
}

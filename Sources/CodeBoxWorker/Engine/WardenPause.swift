/// Keeps the dispatcher from leasing jobs for a warden that has just failed one: each would lose an
/// attempt.
struct WardenPause {
    private var backoff = Backoff(first: .milliseconds(50), maximum: .seconds(2))
    private(set) var until: ContinuousClock.Instant?

    /// It has failed one of late.
    var holds: Bool { until.map { $0 > .now } ?? false }

    mutating func wardenFailed() {
        until = .now + backoff.pause()
    }

    mutating func wardenWorked() {
        self = WardenPause()
    }
}

import CodeBoxCore
import Synchronization

/// Keeps the dispatcher from leasing jobs while the warden fails runs: each of them would lose an
/// attempt.
final class WardenPause: Sendable {
    private struct State {
        var backoff = Backoff(first: .milliseconds(50), last: .seconds(2))
        var end: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    /// When the pause ends; nil if there is none.
    var end: ContinuousClock.Instant? { state.withLock { $0.end } }

    /// The warden has failed a run a short time ago.
    var holds: Bool { end.map { $0 > .now } ?? false }

    func wardenFailed() {
        state.withLock { $0.end = .now + $0.backoff.pause() }
    }

    func wardenWorked() {
        state.withLock { $0 = State() }
    }
}

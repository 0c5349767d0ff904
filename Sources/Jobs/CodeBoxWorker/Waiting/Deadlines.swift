import Dispatch
import Synchronization

/// Calls functions after a given time, for waits that have a limit.
///
/// Nearly all waits end long before their limit. A deadline that is added costs a wake-up only if
/// it comes before all others, and one that is removed costs none. `Task.sleep` takes three thread
/// changes to begin and to be canceled.
final class Deadlines: Sendable {
    static let shared = Deadlines()

    private struct Entry {
        let instant: ContinuousClock.Instant
        let fire: @Sendable () -> Void
    }

    private struct State {
        var entries: [Int: Entry] = [:]
        var lastTicket = 0
        /// When the timer looks at the entries next; nil while it is not set.
        var wakesAt: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    // Dispatch sources may be used from any thread; the overlay does not say so.
    nonisolated(unsafe) private let timer: any DispatchSourceTimer

    init() {
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "codebox.deadlines"))
        timer.setEventHandler { [weak self] in self?.look() }
        timer.activate()
    }

    deinit { timer.cancel() }

    /// - Parameter fire: called after `time`, on a thread of this object.
    /// - Returns: a ticket for ``remove(_:)``.
    func add(after time: Duration, _ fire: @escaping @Sendable () -> Void) -> Int {
        let instant = ContinuousClock.now + time
        return state.withLock { state in
            state.lastTicket += 1
            state.entries[state.lastTicket] = Entry(instant: instant, fire: fire)
            wake(at: instant, &state)
            return state.lastTicket
        }
    }

    func remove(_ ticket: Int) {
        state.withLock { _ = $0.entries.removeValue(forKey: ticket) }
    }

    private func wake(at instant: ContinuousClock.Instant, _ state: inout State) {
        if let earlier = state.wakesAt, earlier <= instant { return }
        state.wakesAt = instant
        // Dispatch can't hold longer times. The timer then fires early and is set again.
        let seconds = min(max(0, (instant - .now) / .seconds(1)), 1e6)
        timer.schedule(deadline: .now() + seconds)
    }

    private func look() {
        let due = state.withLock { state in
            let now = ContinuousClock.now
            let due = state.entries.filter { $0.value.instant <= now }
            for ticket in due.keys { state.entries[ticket] = nil }
            state.wakesAt = nil
            if let next = state.entries.values.map(\.instant).min() { wake(at: next, &state) }
            return due.values
        }
        for entry in due { entry.fire() }
    }
}

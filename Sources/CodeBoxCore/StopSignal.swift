import Synchronization

/// Says that a piece of work is not wanted any more: a client hung up, or asked for its end.
///
/// It fires at most once. Unlike a task's cancellation it needs no task of its own to be passed on,
/// and whoever does the work may still answer afterwards.
package final class StopSignal: Sendable {
    /// A listener's place, to be given back.
    package struct Listener: Sendable {
        fileprivate let ticket: Int
    }

    private struct State {
        var hasFired = false
        var lastTicket = 0
        var actions: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    package var hasFired: Bool { state.withLock { $0.hasFired } }

    /// The first call counts.
    package func fire() {
        let actions = state.withLock { state in
            state.hasFired = true
            defer { state.actions = [:] }
            return Array(state.actions.values)
        }
        for action in actions { action() }
    }

    /// Has `action` called when it fires, at once if it has. It must not block.
    package func onFire(_ action: @escaping @Sendable () -> Void) -> Listener {
        let ticket: Int? = state.withLock { state in
            guard !state.hasFired else { return nil }
            state.lastTicket += 1
            state.actions[state.lastTicket] = action
            return state.lastTicket
        }
        guard let ticket else {
            action()
            return Listener(ticket: 0)
        }
        return Listener(ticket: ticket)
    }

    /// The listener is not called any more, unless it is being called just now.
    package func remove(_ listener: Listener) {
        state.withLock { $0.actions[listener.ticket] = nil }
    }
}

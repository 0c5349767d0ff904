import Synchronization

/// The one way to end a piece of work before its time: it says that, and why.
///
/// One object goes all the way down from the origin of the work (a client's connection, a stored
/// job) to the sandbox. Anyone who holds it may fire it: the connection when its client hangs up,
/// the engine when the job is canceled or the server shuts down. It fires at most once. Unlike a
/// task's cancellation it needs no task of its own, and the work may still answer after it.
package final class StopSignal: Sendable {
    /// Why the work ends.
    package enum Reason: Sendable, Hashable {
        /// The client hung up, or takes no more of the answer.
        case disconnected
        /// A client canceled the job.
        case canceled
        /// The task that did the work was canceled.
        case taskCanceled
        /// The server shuts down and its grace period is over.
        case shutdown
        /// The store gave the job to another worker or ended it, so this attempt's result is
        /// unused.
        case leaseLost

        /// Whether a client still reads what comes of the work.
        package var leavesReader: Bool {
            switch self {
            case .disconnected, .taskCanceled: false
            case .canceled, .shutdown, .leaseLost: true
            }
        }
    }

    /// A registered action, to be given back to ``StopSignal/remove(_:)``.
    package struct Listener: Sendable {
        fileprivate let ticket: Int
    }

    private struct State {
        var reason: Reason?
        var lastTicket = 0
        var actions: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Why it fired; nil while it has not.
    package var reason: Reason? { state.withLock { $0.reason } }
    package var hasFired: Bool { reason != nil }

    /// Ends the work. The first reason counts.
    package func fire(_ reason: Reason) {
        let actions = state.withLock { state in
            state.reason = state.reason ?? reason
            defer { state.actions = [:] }
            return Array(state.actions.values)
        }
        for action in actions { action() }
    }

    /// Has `action` called when the signal fires; at once if it has fired. The action must not
    /// block.
    package func onFire(_ action: @escaping @Sendable () -> Void) -> Listener {
        let ticket: Int? = state.withLock { state in
            guard state.reason == nil else { return nil }
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

    /// The action is not called any more, unless a call is under way at this moment.
    package func remove(_ listener: Listener) {
        state.withLock { $0.actions[listener.ticket] = nil }
    }
}

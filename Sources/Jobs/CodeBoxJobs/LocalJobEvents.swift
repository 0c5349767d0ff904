import Synchronization

/// ``JobEvents`` for a store that only this process uses.
///
/// ``publish(_:)`` calls the handlers itself, before it returns.
package final class LocalJobEvents: JobEvents {
    private struct State {
        var handlers: [Int: @Sendable (JobEvent) -> Void] = [:]
        var lastTicket = 0
    }

    private let state = Mutex(State())

    package init() {}

    package func publish(_ event: JobEvent) {
        // Handlers may come back here, so the lock is not held while they run.
        let handlers = state.withLock { Array($0.handlers.values) }
        for handler in handlers { handler(event) }
    }

    package func subscribe(_ handler: @escaping @Sendable (JobEvent) -> Void)
        -> JobEventSubscription
    {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            state.handlers[state.lastTicket] = handler
            return state.lastTicket
        }
        return JobEventSubscription { [weak self] in
            self?.state.withLock { _ = $0.handlers.removeValue(forKey: ticket) }
        }
    }
}

import Synchronization

/// Whether one client is still there. HTTP/1 has one request at a time, so one party to tell.
final class Connection: Sendable {
    private struct State {
        var isClosed = false
        var onClose: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// The client has hung up; called any number of times, from the connection's event loop.
    func close() {
        let onClose = state.withLock { state in
            state.isClosed = true
            return state.onClose.take()
        }
        onClose?()
    }

    /// Calls `action` once the client hangs up, at once if it has; nil takes a former one back.
    func onClose(_ action: (@Sendable () -> Void)?) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.onClose = action }
            return state.isClosed
        }
        if isClosed { action?() }
    }
}

import Synchronization

/// A value that is set once, and tasks that wait for it, each with a time limit.
final class Latch<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiters: [Int: CheckedContinuation<Value?, Never>] = [:]
        var nextWaiter = 0
    }

    private let state = Mutex(State())

    /// Later calls change nothing.
    func set(_ value: Value) {
        let waiters = state.withLock { state in
            guard state.value == nil else { return [CheckedContinuation<Value?, Never>]() }
            state.value = value
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: value) }
    }

    var current: Value? { state.withLock { $0.value } }

    /// The value, or nil if it is still unknown after `limit`.
    func value(within limit: Duration) async -> Value? {
        await withCheckedContinuation { continuation in
            let (known, ticket) = state.withLock { state -> (Value?, Int) in
                state.nextWaiter += 1
                if state.value == nil { state.waiters[state.nextWaiter] = continuation }
                return (state.value, state.nextWaiter)
            }
            if let known {
                continuation.resume(returning: known)
                return
            }
            Task {
                try? await Task.sleep(for: limit)
                self.giveUp(ticket)
            }
        }
    }

    private func giveUp(_ ticket: Int) {
        let waiter = state.withLock { $0.waiters.removeValue(forKey: ticket) }
        waiter?.resume(returning: nil)
    }
}

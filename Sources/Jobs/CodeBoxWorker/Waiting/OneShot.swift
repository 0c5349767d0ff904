import CodeBoxCore
import Synchronization

/// An event that happens at most once and carries a value. Any number of tasks may wait for it.
final class OneShot<Value: Sendable>: Sendable {
    private typealias Continuation = CheckedContinuation<Value?, Never>

    private enum Waiter {
        case coming
        case waiting(Continuation)
        /// The wait was ended before the task began to wait.
        case leaving
    }

    private struct State {
        var value: Value?
        var waiters: [Int: Waiter] = [:]
        var lastTicket = 0
    }

    private let state = Mutex(State())

    /// The value, if the event has happened.
    var fired: Value? { state.withLock { $0.value } }

    /// Makes the event happen. The first call counts.
    func fire(_ value: Value) {
        let waiting = state.withLock { state in
            guard state.value == nil else { return [Continuation]() }
            state.value = value
            var waiting: [Continuation] = []
            for (ticket, waiter) in state.waiters {
                guard case .waiting(let continuation) = waiter else { continue }
                waiting.append(continuation)
                state.waiters[ticket] = nil
            }
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: value) }
    }

    /// Returns when the event happens; at once if it has. Nil when the task is canceled before.
    func value() async -> Value? {
        if let value = fired { return value }
        return await value(for: enter())
    }

    /// Waits as ``value()`` does, but returns nil after the given time, or when `stop` fires.
    func value(within time: Duration, until stop: StopSignal? = nil) async -> Value? {
        if let value = fired { return value }
        let ticket = enter()
        let deadline = Deadlines.shared.add(after: time) { self.leave(ticket) }
        defer { Deadlines.shared.remove(deadline) }
        let listener = stop?.onFire { self.leave(ticket) }
        defer { if let stop, let listener { stop.remove(listener) } }
        return await value(for: ticket)
    }

    private func enter() -> Int {
        state.withLock { state in
            state.lastTicket += 1
            state.waiters[state.lastTicket] = .coming
            return state.lastTicket
        }
    }

    private func value(for ticket: Int) async -> Value? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayEnd = state.withLock { state in
                    if state.value == nil, case .coming = state.waiters[ticket] {
                        state.waiters[ticket] = .waiting(continuation)
                        return false
                    }
                    state.waiters[ticket] = nil
                    return true
                }
                if mayEnd { continuation.resume(returning: fired) }
            }
        } onCancel: {
            leave(ticket)
        }
    }

    /// Ends a wait without a value, unless it has ended.
    private func leave(_ ticket: Int) {
        let waiting = state.withLock { state -> Continuation? in
            switch state.waiters[ticket] {
            case .coming: state.waiters[ticket] = .leaving
            case .waiting(let continuation):
                state.waiters[ticket] = nil
                return continuation
            case .leaving, nil: break
            }
            return nil
        }
        waiting?.resume(returning: nil)
    }
}

import Synchronization

/// An event that happens at most once and carries a value; any number of tasks may wait for it.
final class OneShot<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiting: [Int: CheckedContinuation<Value?, Never>] = [:]
        var lastTicket = 0
    }

    private let state = Mutex(State())

    /// The value, if it has happened.
    var fired: Value? { state.withLock { $0.value } }

    /// Lets it happen; the first call counts.
    func fire(_ value: Value) {
        let waiting = state.withLock { state in
            guard state.value == nil else { return [CheckedContinuation<Value?, Never>]() }
            state.value = value
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(returning: value) }
    }

    /// Returns when it happens, at once if it has; nil when the task is canceled before.
    func value() async -> Value? {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mayEnd = state.withLock { state in
                    // The handler below, if it has run already, found nothing to resume.
                    if state.value != nil || Task.isCancelled { return true }
                    state.waiting[ticket] = continuation
                    return false
                }
                if mayEnd { continuation.resume(returning: fired) }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume(returning: nil)
        }
    }

    /// As ``value()``, but nil after the given time.
    func value(within time: Duration) async -> Value? {
        if let value = fired { return value }
        return await withTaskGroup(of: Value?.self) { group in
            group.addTask { await self.value() }
            group.addTask {
                try? await Task.sleep(for: time)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }
}

import CodeBoxJobs
import Synchronization

/// Subscriptions that a handler made.
final class Subscriptions: Sendable {
    private let state = Mutex<[JobEventSubscription]>([])

    func keep(_ subscription: JobEventSubscription) {
        state.withLock { $0.append(subscription) }
    }

    func cancelAll() {
        let all = state.withLock { $0 }
        for subscription in all { subscription.cancel() }
    }
}

/// One subscription to ``JobEvents``. It ends when it is canceled or released.
package final class JobEventSubscription: Sendable {
    private let onCancel: @Sendable () -> Void

    /// - Parameter onCancel: ends the subscription; may be called more than once.
    package init(onCancel: @escaping @Sendable () -> Void) {
        self.onCancel = onCancel
    }

    deinit { onCancel() }

    /// Ends the subscription. The handler gets no event that is published after this returns.
    package func cancel() { onCancel() }
}

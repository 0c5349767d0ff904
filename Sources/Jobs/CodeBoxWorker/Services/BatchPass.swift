/// Permission for one batch to run. The batch's place is free again when the pass is released.
package final class BatchPass: Sendable {
    private let onEnd: @Sendable () -> Void

    package init(onEnd: @escaping @Sendable () -> Void = {}) {
        self.onEnd = onEnd
    }

    deinit { onEnd() }
}

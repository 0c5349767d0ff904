/// Counts since the client was made, and the pools as they are now; for metrics.
package struct WarmPoolStatistics: Hashable, Sendable {
    /// One pool's share.
    package struct Pool: Hashable, Sendable {
        package var image: String
        /// Nil for sandboxes whose jobs exec their interpreter.
        package var zygote: ZygoteSetting.Kind?
        package var waiting = 0
        package var making = 0
        package var target = 0
        /// Bytes that the waiting ones use.
        package var memoryBytes = 0
        package var isZygoteUp = false

        package init(image: String, zygote: ZygoteSetting.Kind?) {
            self.image = image
            self.zygote = zygote
        }
    }

    package var pools: [Pool] = []
    /// Runs that found a waiting sandbox.
    package var warmRuns = 0
    /// Runs that waited for a sandbox to be made.
    package var coldRuns = 0
    /// Runs whose process was forked from a zygote.
    package var forkedRuns = 0
    /// Runs that exec'ed their interpreter because their runtime's zygote was not up, died, or
    /// failed to fork.
    package var zygoteFallbacks = 0
    /// Zygotes that were started, and those that died or could not start.
    package var zygoteStarts = 0
    package var zygoteFailures = 0
    /// Zygotes whose small programs wake threads of the interpreter.
    package var zygotesRestless = 0

    package init() {}
}

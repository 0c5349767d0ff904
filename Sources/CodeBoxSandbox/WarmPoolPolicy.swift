/// How many sandboxes are kept waiting, and for how long.
package struct WarmPoolPolicy: Hashable, Sendable {
    /// Waiting sandboxes that each pool named by `keepWarm` has at least, memory permitting.
    package var minimum: Int
    /// And at most; growth between the two is on demand. 0: no sandbox waits, but zygotes are kept,
    /// and each run's sandbox is forked when it comes.
    package var maximum: Int
    /// Memory that all waiting sandboxes may take together, bytes; pools share it.
    package var memoryBytes: Int
    /// A sandbox that waited longer is replaced, seconds.
    package var maximumAgeSeconds: Double
    /// A pool that was not drawn below half its target for so long shrinks by one, seconds.
    package var shrinkAfterSeconds: Double
    /// A zygote is replaced after so many forks, or so many seconds.
    package var zygoteForks: Int
    package var zygoteSeconds: Double

    package init(
        minimum: Int = 4, maximum: Int = 64, memoryBytes: Int = 256 << 20,
        maximumAgeSeconds: Double = 600, shrinkAfterSeconds: Double = 10,
        zygoteForks: Int = 50_000, zygoteSeconds: Double = 3600
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.memoryBytes = memoryBytes
        self.maximumAgeSeconds = maximumAgeSeconds
        self.shrinkAfterSeconds = shrinkAfterSeconds
        self.zygoteForks = zygoteForks
        self.zygoteSeconds = zygoteSeconds
    }
}

/// How many sandboxes are kept waiting, and for how long.
package struct WarmPoolPolicy: Hashable, Sendable {
    /// The fewest sandboxes that wait in each pool named by `keepWarm`, memory permitting.
    package var minimum: Int
    /// The most that wait in a pool; it grows with demand. With 0 no sandbox waits, but zygotes are
    /// kept, and each run's process is forked when the run comes.
    package var maximum: Int
    /// Memory that all waiting sandboxes may take together, bytes; pools share it.
    package var memoryBytes: Int
    /// A sandbox that has waited for longer is replaced, seconds.
    package var maximumAgeSeconds: Double
    /// A pool that was never below half of its target for so long shrinks by one, seconds.
    package var shrinkAfterSeconds: Double
    /// A zygote is replaced after so many forks, or after so many seconds.
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

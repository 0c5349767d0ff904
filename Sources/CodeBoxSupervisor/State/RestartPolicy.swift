/// When a child that died is started again: at once the first time, then after pauses that double,
/// and at once again when it had lived for a while.
package struct RestartPolicy: Sendable, Hashable {
    /// The first pause and the longest, milliseconds.
    package static let shortestPauseMs = 100
    package static let longestPauseMs = 5_000
    /// A child that lived so long is taken to have been well, milliseconds.
    package static let healthyMs = 30_000

    private var deaths = 0

    package init() {}

    /// - Parameter livedMs: how long the child lived, milliseconds.
    /// - Returns: milliseconds to wait before it is started again.
    package mutating func childDied(livedMs: Int) -> Int {
        if livedMs >= Self.healthyMs { deaths = 0 }
        deaths += 1
        guard deaths > 1 else { return 0 }
        // Beyond 2^6 the longest pause has long been reached.
        let pause = Self.shortestPauseMs << min(deaths - 2, 6)
        return min(pause, Self.longestPauseMs)
    }
}

/// Decides when a dead child is restarted: at once the first time, then after pauses that double. A
/// child that lived for a while is restarted at once again.
package struct RestartPolicy: Sendable, Hashable {
    /// The first pause and the longest, milliseconds.
    package static let shortestPauseMs = 100
    package static let longestPauseMs = 5_000
    /// A child that lived this long counts as healthy, milliseconds.
    package static let healthyMs = 30_000

    private var deaths = 0

    package init() {}

    /// - Parameter livedMs: how long the child lived, milliseconds.
    /// - Returns: milliseconds to wait before the restart.
    package mutating func childDied(livedMs: Int) -> Int {
        if livedMs >= Self.healthyMs { deaths = 0 }
        deaths += 1
        guard deaths > 1 else { return 0 }
        // Beyond 2^6 the pause has reached its maximum.
        let pause = Self.shortestPauseMs << min(deaths - 2, 6)
        return min(pause, Self.longestPauseMs)
    }
}

/// Growing pauses between tries that fail: each is twice the one before, up to a maximum.
package struct Backoff: Hashable, Sendable {
    package let firstNs: UInt64
    package let lastNs: UInt64
    package private(set) var failures = 0
    /// The next try must not come before this time; 0 while no try has failed.
    package private(set) var retryAtNs: UInt64 = 0

    package init(firstNs: UInt64, lastNs: UInt64) {
        self.firstNs = firstNs
        self.lastNs = lastNs
    }

    package init(first: Duration, last: Duration) {
        self.init(firstNs: Self.nanoseconds(first), lastNs: Self.nanoseconds(last))
    }

    /// How long to wait after the last failure, nanoseconds; 0 while no try has failed.
    package var pauseNs: UInt64 {
        guard failures > 0 else { return 0 }
        let shift = UInt64(min(failures - 1, 30))
        return firstNs > lastNs >> shift ? lastNs : firstNs << shift
    }

    /// Notes a failed try.
    /// - Parameter now: nanoseconds of the clock that ``retryAtNs`` is read with.
    package mutating func fail(_ now: UInt64) {
        failures += 1
        retryAtNs = now + pauseNs
    }

    /// Notes a failed try, and returns how long to wait before the next.
    package mutating func pause() -> Duration {
        failures += 1
        return .nanoseconds(pauseNs)
    }

    private static func nanoseconds(_ duration: Duration) -> UInt64 {
        UInt64(max(0, duration / .nanoseconds(1)))
    }

    package mutating func reset() {
        failures = 0
        retryAtNs = 0
    }
}

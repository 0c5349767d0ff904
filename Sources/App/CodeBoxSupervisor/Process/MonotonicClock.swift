enum MonotonicClock {
    private static let start = ContinuousClock.now

    /// Milliseconds since the first call; never runs backwards.
    static func milliseconds() -> Int {
        Int(start.duration(to: .now) / .milliseconds(1))
    }
}

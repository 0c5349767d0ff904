/// Bounds how often something may be done: bursts up to a size, and an average rate a second.
struct TokenBucket: Sendable {
    private let burst: Double
    private let perNs: Double
    private var tokens: Double
    private var lastNs: UInt64 = 0

    init(burst: Int, perSecond: Int) {
        self.burst = Double(burst)
        perNs = Double(perSecond) / 1e9
        tokens = Double(burst)
    }

    /// - Parameter now: CLOCK_MONOTONIC, nanoseconds.
    /// - Returns: false if the thing may not be done now.
    mutating func take(now: UInt64) -> Bool {
        if now > lastNs {
            tokens = min(burst, tokens + Double(now - lastNs) * perNs)
            lastNs = now
        }
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}

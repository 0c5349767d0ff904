extension UInt64 {
    /// A time in nanoseconds, some seconds later; never past the end of the clock.
    func adding(seconds: Double) -> UInt64 {
        // 292 years; later times never come.
        let more = UInt64(seconds.clamped * 1e9)
        let (sum, overflow) = addingReportingOverflow(more)
        return overflow ? .max : sum
    }
}

extension Double {
    fileprivate var clamped: Double { self > 0 ? Swift.min(self, 9.2e9) : 0 }
}

/// Durations of one thing that was measured many times.
package struct Durations: Sendable {
    private var microseconds: [Int] = []

    package init(_ microseconds: [Int] = []) {
        self.microseconds = microseconds
    }

    package mutating func add(_ microseconds: Int) {
        self.microseconds.append(microseconds)
    }

    package var count: Int { microseconds.count }

    /// The smallest value that a share of all is not above, in microseconds; nil without values.
    /// - Parameter share: 0.5 is the median.
    package func percentile(_ share: Double) -> Int? {
        let sorted = microseconds.sorted()
        let rank = Int((share * Double(sorted.count)).rounded(.up))
        return sorted.isEmpty ? nil : sorted[min(max(rank, 1), sorted.count) - 1]
    }
}

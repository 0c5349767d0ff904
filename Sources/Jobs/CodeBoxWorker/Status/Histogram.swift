/// Counts durations by range.
package struct Histogram: Hashable, Sendable {
    /// Upper bounds of the ranges in seconds, from the parts of a warm run to the longest program.
    package static let bounds = [
        0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
        0.5, 1, 2.5, 5, 10, 30, 60,
    ]

    /// One count for each bound, and one for durations beyond the last.
    package private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    package private(set) var sumSeconds = 0.0

    package var total: Int { counts.reduce(0, +) }

    package init() {}

    package mutating func add(microseconds: Int) {
        let seconds = Double(microseconds) / 1_000_000
        // Nearly all durations fall into the first ranges.
        let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        counts[place] += 1
        sumSeconds += seconds
    }
}

/// One metric with all its samples, as its owner counts it. `/metrics` writes families as they are,
/// so a metric is one row where it is counted.
package struct MetricFamily: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    package enum Value: Sendable, Hashable {
        case whole(Int)
        /// Counts for each bound and one for values beyond the last, not cumulative; the bounds in
        /// seconds; and the sum of all values.
        case histogram(counts: [Int], bounds: [Double], sum: Double)
    }

    package struct Label: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package struct Sample: Sendable, Hashable {
        package var value: Value
        package var labels: [Label]

        package init(_ value: Value, _ labels: KeyValuePairs<String, String> = [:]) {
            self.value = value
            self.labels = labels.map { Label(name: $0.key, value: $0.value) }
        }

        package init(_ value: Int, _ labels: KeyValuePairs<String, String> = [:]) {
            self.init(.whole(value), labels)
        }
    }

    /// The name without the prefix `codebox_`.
    package var name: String
    package var kind: Kind
    package var help: String
    package var samples: [Sample]

    package init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }

    /// A metric with one sample and no labels.
    package init(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
        self.init(name, kind, help, [Sample(value)])
    }
}

/// Writes Prometheus' text format, version 0.0.4.
package struct MetricsWriter {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package enum Kind: String {
        case counter, gauge, histogram
    }

    package private(set) var text = ""
    private var name = ""

    package init() {
        text.reserveCapacity(8192)
    }

    /// Begins a metric; the samples that follow are its.
    package mutating func metric(_ name: String, _ kind: Kind, _ help: String) {
        self.name = "codebox_" + name
        text += "# HELP \(self.name) \(help)\n# TYPE \(self.name) \(kind.rawValue)\n"
    }

    package mutating func sample(_ value: Int, _ labels: [(String, String)] = []) {
        sample("", "\(value)", labels)
    }

    /// - Parameters:
    ///   - counts: for each bound, and one for what lies beyond the last; not yet cumulative.
    ///   - sum: of all values.
    package mutating func histogram(
        _ counts: [Int], bounds: [Double], sum: Double, _ labels: [(String, String)]
    ) {
        var total = 0
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? "\(bounds[index])" : "+Inf"
            sample("_bucket", "\(total)", labels + [("le", bound)])
        }
        sample("_sum", "\(sum)", labels)
        sample("_count", "\(total)", labels)
    }

    private mutating func sample(_ suffix: String, _ value: String, _ labels: [(String, String)]) {
        let list = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
        text += name + suffix + (list.isEmpty ? "" : "{\(list)}") + " \(value)\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
    }
}

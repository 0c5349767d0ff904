package import CodeBoxCore

/// Writes Prometheus' text format, version 0.0.4.
package struct MetricsWriter {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package private(set) var text = ""

    package init() {
        text.reserveCapacity(8192)
    }

    package mutating func write(_ families: [MetricFamily]) {
        for family in families { write(family) }
    }

    private mutating func write(_ family: MetricFamily) {
        let name = "codebox_" + family.name
        text += "# HELP \(name) \(family.help)\n# TYPE \(name) \(family.kind.rawValue)\n"
        for sample in family.samples {
            switch sample.value {
            case .whole(let value): line(name, "\(value)", sample.labels)
            case .histogram(let counts, let bounds, let sum):
                histogram(name, counts, bounds, sum, sample.labels)
            }
        }
    }

    private mutating func histogram(
        _ name: String, _ counts: [Int], _ bounds: [Double], _ sum: Double,
        _ labels: [MetricFamily.Label]
    ) {
        var total = 0
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? "\(bounds[index])" : "+Inf"
            let le = MetricFamily.Label(name: "le", value: bound)
            line(name + "_bucket", "\(total)", labels + [le])
        }
        line(name + "_sum", "\(sum)", labels)
        line(name + "_count", "\(total)", labels)
    }

    private mutating func line(_ name: String, _ value: String, _ labels: [MetricFamily.Label]) {
        let list = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        text += name + (list.isEmpty ? "" : "{\(list)}") + " \(value)\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
    }
}

/// A number of bytes as people write it.
///
/// A bare number is bytes. `K`, `M`, `G`, `T`, also as `KiB` and so on, are powers of 1024; `kB`,
/// `MB`, `GB`, `TB` are powers of 1000. A fraction is allowed with a unit (`1.5GiB`).
package struct ByteSize: Sendable, Hashable, CustomStringConvertible {
    package var bytes: Int

    package init(bytes: Int) {
        self.bytes = bytes
    }

    /// nil for anything that is not a size, is negative or does not fit.
    package init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let unit = Self.unit(text.dropFirst(digits.count)) else { return nil }
        if let whole = Int(digits) {
            let (bytes, overflow) = whole.multipliedReportingOverflow(by: unit)
            guard !overflow else { return nil }
            self.bytes = bytes
            return
        }
        guard unit > 1, let fraction = Double(digits) else { return nil }
        let bytes = (fraction * Double(unit)).rounded(.down)
        guard bytes < Double(Int.max) else { return nil }
        self.bytes = Int(bytes)
    }

    /// In the largest unit that says it exactly (`64 MiB`), else with one decimal.
    package var description: String {
        let units = ["TiB", "GiB", "MiB", "KiB"]
        for (index, unit) in units.enumerated() {
            let size = 1 << (10 * (4 - index))
            guard bytes >= size else { continue }
            if bytes % size == 0 { return "\(bytes / size) \(unit)" }
            let tenths = Int((Double(bytes) / Double(size) * 10).rounded())
            return "\(tenths / 10).\(tenths % 10) \(unit)"
        }
        return "\(bytes) B"
    }

    private static func unit(_ text: Substring) -> Int? {
        switch text {
        case "", "B": 1
        case "kB": 1_000
        case "MB": 1_000_000
        case "GB": 1_000_000_000
        case "TB": 1_000_000_000_000
        default:
            switch text.lowercased() {
            case "k", "ki", "kib": 1 << 10
            case "m", "mi", "mib": 1 << 20
            case "g", "gi", "gib": 1 << 30
            case "t", "ti", "tib": 1 << 40
            default: nil
            }
        }
    }
}

/// A length of time as people write it: a number of seconds, or a number with `us`, `ms`, `s`, `m`,
/// `h` or `d`.
package struct TimeSpan: Sendable, Hashable, CustomStringConvertible {
    package var seconds: Double

    package init(seconds: Double) {
        self.seconds = seconds
    }

    package init(microseconds: Int) {
        seconds = Double(microseconds) / 1_000_000
    }

    /// nil for anything that is not a time or is negative.
    package init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let number = Double(digits) else { return nil }
        let factor: Double
        switch text.dropFirst(digits.count) {
        case "us": factor = 0.000_001
        case "ms": factor = 0.001
        case "", "s": factor = 1
        case "m": factor = 60
        case "h": factor = 3_600
        case "d": factor = 86_400
        default: return nil
        }
        seconds = number * factor
    }

    /// Three figures or so: `830 µs`, `12.4 ms`, `3.20 s`, `2 min 5 s`.
    package var description: String {
        let microseconds = Int((seconds * 1_000_000).rounded())
        switch microseconds {
        case ..<1_000: return "\(microseconds) µs"
        case ..<1_000_000: return Self.fixed(microseconds, unit: 1_000, decimals: 1) + " ms"
        case ..<60_000_000: return Self.fixed(microseconds, unit: 1_000_000, decimals: 2) + " s"
        default:
            let whole = Int(seconds.rounded())
            return "\(whole / 60) min \(whole % 60) s"
        }
    }

    private static func fixed(_ value: Int, unit: Int, decimals: Int) -> String {
        let scale = decimals == 1 ? 10 : 100
        let scaled = (value * scale + unit / 2) / unit
        let fraction = String(scaled % scale)
        let zeros = String(repeating: "0", count: decimals - fraction.count)
        return "\(scaled / scale).\(zeros)\(fraction)"
    }
}

/// A number as it stands in the text, not yet rounded to any machine type.
struct JSONNumber {
    let text: String
    /// Without fraction and exponent.
    let isInteger: Bool

    /// Its value if that is a whole number an Int holds: `1000`, and also `1e3` or `1000.0`, which
    /// some encoders write.
    var integer: Int? {
        if isInteger { return Int(text) }
        guard let value = double, value.magnitude < 9_007_199_254_740_992 else { return nil }
        return Int(exactly: value)
    }

    /// Its value if that is finite.
    var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}

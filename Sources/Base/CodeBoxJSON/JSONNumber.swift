/// A number as the text spells it, not yet rounded to a machine type.
package struct JSONNumber {
    let text: String
    /// Whether the text has neither fraction nor exponent.
    let isInteger: Bool

    /// The value if it is a whole number that fits an Int, else nil. Besides `1000` this takes
    /// `1e3` and `1000.0`, which some encoders write.
    package var integer: Int? {
        if isInteger { return Int(text) }
        guard let value = double, value.magnitude < 9_007_199_254_740_992 else { return nil }
        return Int(exactly: value)
    }

    /// The value if it is finite, else nil.
    package var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}

/// Text that a client or a server chose, made fit for a terminal.
///
/// Control characters could move the cursor, rename the window or answer a query as if the user had
/// typed. Bidirectional controls could show a text in another order than it has.
package enum TerminalText {
    /// Returns the text with its control characters written as `\n` or `\u001b`.
    /// - Parameter keepsLines: leaves line feeds as they are.
    package static func escaped(_ text: String, keepsLines: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: { escape($0) != nil }) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            out += keepsLines && scalar == "\n" ? "\n" : escape(scalar) ?? String(scalar)
        }
        return out
    }

    /// How a scalar is written that no terminal or line-based reader may see; nil for all others.
    static func escape(_ scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x0a: return "\\n"
        case 0x0d: return "\\r"
        case 0x09: return "\\t"
        // C0, DEL, C1, the two separators that some readers take for line ends, and the marks,
        // embeddings, overrides and isolates of bidirectional text.
        case ..<0x20, 0x7f..<0xa0, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069:
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return nil
        }
    }
}

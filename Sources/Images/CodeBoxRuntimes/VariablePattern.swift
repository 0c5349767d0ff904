/// Names of environment variables: one name, or with a `*` at the end all names with that
/// beginning.
package struct VariablePattern: Hashable, Sendable {
    private let stem: String
    private let isPrefix: Bool

    /// Nil for an empty text, and for one with `=`, NUL, white space, or a `*` before its end.
    package init?(_ text: String) {
        isPrefix = text.hasSuffix("*")
        stem = isPrefix ? String(text.dropLast()) : text
        let isSound = stem.utf8.allSatisfy {
            $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "*")
        }
        guard isSound, !text.isEmpty else { return nil }
    }

    package func matches(_ name: String) -> Bool {
        isPrefix ? name.hasPrefix(stem) : name == stem
    }
}

/// Names of environment variables: one, or with a `*` at the end all that begin so.
package struct VariablePattern: Hashable, Sendable {
    private let stem: String
    private let isPrefix: Bool

    /// Nil for what is empty, or has a `*` elsewhere, `=`, NUL or white space.
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

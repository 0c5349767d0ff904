/// The text is not JSON (RFC 8259).
public struct JSONSyntaxError: Error, Hashable {
    @usableFromInline
    package enum Reason: Hashable, Sendable {
        case malformed
        /// Arrays and objects are nested deeper than ``JSONReader/maximumDepth``.
        case tooDeep
        /// The text is longer than the reader was told to read; see ``JSONReader/bound``.
        case stopped
    }

    @usableFromInline
    package var reason: Reason = .malformed
    package var message: String
    /// Where the text stops being JSON, in bytes from its start.
    package var offset: Int

    package init(reason: Reason = .malformed, message: String, offset: Int) {
        self.reason = reason
        self.message = message
        self.offset = offset
    }
}

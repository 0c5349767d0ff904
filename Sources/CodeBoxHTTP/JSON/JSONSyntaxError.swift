/// Text that is not JSON (RFC 8259), and where.
struct JSONSyntaxError: Error, Hashable {
    enum Reason: Hashable {
        case malformed
        /// Arrays and objects are nested beyond ``JSONReader/maximumDepth``.
        case tooDeep
    }

    var reason: Reason = .malformed
    var message: String
    /// Bytes from the start of the text.
    var offset: Int
}

/// One field of a request, and what is wrong with it.
public struct FieldFault: Hashable, Sendable {
    /// A path into the body (`files[2].path`) or a query parameter (`?wait`). Empty for the whole
    /// body.
    package var field: String
    package var message: String

    package init(field: String, message: String) {
        self.field = field
        self.message = message
    }
}

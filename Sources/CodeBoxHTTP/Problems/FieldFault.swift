/// One field of a request, and what is wrong with it.
struct FieldFault: Hashable, Sendable {
    /// A path into the body (`files[2].path`) or a query parameter (`?wait`); empty for the whole.
    var field: String
    var message: String
}

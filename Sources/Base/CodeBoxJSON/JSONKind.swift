/// The kind of a JSON value, which its first byte decides.
@usableFromInline
package enum JSONKind {
    case object
    case array
    case string
    case number
    case boolean
    case null

    /// The kind with its article, for messages.
    package var description: String {
        switch self {
        case .object: "an object"
        case .array: "an array"
        case .string: "a string"
        case .number: "a number"
        case .boolean: "a boolean"
        case .null: "null"
        }
    }
}

/// What a JSON value is, told from its first byte.
enum JSONKind {
    case object
    case array
    case string
    case number
    case boolean
    case null

    /// With its article, for messages.
    var description: String {
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

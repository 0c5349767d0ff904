/// Why a text could not be decoded.
public enum FieldDecodingError: Error {
    /// The text is not JSON.
    case syntax(JSONSyntaxError)
    /// The text is JSON, but not what the schema expects. There is at least one fault.
    case faults([FieldFault])
}

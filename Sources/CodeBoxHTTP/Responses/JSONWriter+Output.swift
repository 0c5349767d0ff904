import CodeBoxCore

extension JSONWriter {
    typealias OutputKeys = (encoding: StaticString, truncated: StaticString, bytes: StaticString)

    static let stdoutKeys: OutputKeys = ("stdout_encoding", "stdout_truncated", "stdout_bytes")
    static let stderrKeys: OutputKeys = ("stderr_encoding", "stderr_truncated", "stderr_bytes")

    /// What a program wrote, as text if it is UTF-8 and as base64 if not, and the members that say
    /// which; the caller has written the first key.
    mutating func output(_ output: CapturedOutput?, _ keys: OutputKeys) {
        guard let output else {
            null()
            key(keys.encoding)
            null()
            key(keys.truncated)
            bool(false)
            key(keys.bytes)
            integer(0)
            return
        }
        let encoding = output.bytes.withUnsafeBytes { bytes -> ContentEncoding in
            guard let length = Self.textLength(of: output) else {
                base64(bytes)
                return .base64
            }
            string(utf8: UnsafeRawBufferPointer(rebasing: bytes[..<length]))
            return .utf8
        }
        key(keys.encoding)
        string(encoding.rawValue)
        key(keys.truncated)
        bool(output.isTruncated)
        key(keys.bytes)
        integer(output.totalBytes)
    }

    /// How many of the bytes are text; nil if they are not.
    ///
    /// All or none, but for one case: where the output was cut at its limit amid a character, the
    /// cut moves before that character, so that text doesn't turn into base64 by where it was cut.
    private static func textLength(of output: CapturedOutput) -> Int? {
        do {
            _ = try UTF8Span(validating: output.bytes.span)
            return output.bytes.count
        } catch {
            guard output.isTruncated, error.kind == .truncatedScalar,
                error.byteOffsets.upperBound == output.bytes.count
            else { return nil }
            return error.byteOffsets.lowerBound
        }
    }
}

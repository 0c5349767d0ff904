import CodeBoxCore
import CodeBoxHTTP
import CodeBoxJSON

extension JSONWriter {
    typealias OutputKeys = (
        text: StaticString, encoding: StaticString, truncated: StaticString, bytes: StaticString
    )

    static let stdoutKeys: OutputKeys = (
        "stdout", "stdout_encoding", "stdout_truncated", "stdout_bytes"
    )
    static let stderrKeys: OutputKeys = (
        "stderr", "stderr_encoding", "stderr_truncated", "stderr_bytes"
    )

    /// Writes the four fields of what a program wrote to one stream: as text if it is UTF-8, else
    /// as base64.
    mutating func output(_ output: CapturedOutput?, _ keys: OutputKeys) {
        key(keys.text)
        guard let output else {
            null()
            field(keys.encoding, nil as String?)
            field(keys.truncated, false)
            field(keys.bytes, 0)
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
        field(keys.encoding, encoding.rawValue)
        field(keys.truncated, output.isTruncated)
        field(keys.bytes, output.totalBytes)
    }

    /// Returns how many of the bytes are text; nil if they are not text.
    ///
    /// Either all bytes are text or none, with one exception. If the output was cut at its limit in
    /// the middle of a character, the cut moves in front of that character: text does not become
    /// base64 because of where it was cut.
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

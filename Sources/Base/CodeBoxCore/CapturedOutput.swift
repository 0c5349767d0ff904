/// What a program wrote to one stream, up to `limits.output_bytes`.
package struct CapturedOutput: Codable, Hashable, Sendable {
    package var bytes: [UInt8]
    /// Bytes that the program wrote, whether they were kept or not.
    package var totalBytes: Int

    package var isTruncated: Bool { totalBytes > bytes.count }

    package init(bytes: [UInt8] = [], totalBytes: Int? = nil) {
        self.bytes = bytes
        self.totalBytes = totalBytes ?? bytes.count
    }
}

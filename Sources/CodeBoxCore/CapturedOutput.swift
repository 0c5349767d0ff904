/// What a program wrote to one stream, up to `limits.output_bytes`.
package struct CapturedOutput: Codable, Hashable, Sendable {
    package var bytes: [UInt8]
    /// All that was written, kept or not.
    package var totalBytes: Int

    package var isTruncated: Bool { totalBytes > bytes.count }

    package init(bytes: [UInt8] = [], totalBytes: Int? = nil) {
        self.bytes = bytes
        self.totalBytes = totalBytes ?? bytes.count
    }
}

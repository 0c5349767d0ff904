import CodeBoxCore

/// Keeps a stream's first bytes and counts the rest.
struct OutputCapture {
    let limit: Int
    private(set) var bytes: [UInt8] = []
    private(set) var total = 0

    /// A program that fills a pipe at once is likely to go on. Memory that is not written to costs
    /// nothing.
    private static let muchBytes = 32 << 10
    private static let roomBytes = 1 << 20

    init(limit: Int) {
        self.limit = limit
    }

    /// - Returns: how many of the bytes were kept; the first ones.
    mutating func take(_ more: UnsafeRawBufferPointer) -> Int {
        total += more.count
        let kept = min(more.count, limit - bytes.count)
        if kept > 0 {
            if bytes.count + kept > bytes.capacity, kept >= Self.muchBytes {
                bytes.reserveCapacity(min(limit, max(Self.roomBytes, 2 * bytes.capacity)))
            }
            bytes.append(contentsOf: more.prefix(kept))
        }
        return max(0, kept)
    }

    var output: CapturedOutput { CapturedOutput(bytes: bytes, totalBytes: total) }
}

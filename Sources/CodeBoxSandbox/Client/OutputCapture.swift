import CodeBoxCore

/// Keeps a stream's first bytes and counts the rest.
struct OutputCapture {
    let limit: Int
    private(set) var bytes: [UInt8] = []
    private(set) var total = 0

    init(limit: Int) {
        self.limit = limit
    }

    /// - Returns: how many of the bytes were kept; the first ones.
    mutating func take(_ more: UnsafeRawBufferPointer) -> Int {
        total += more.count
        let kept = min(more.count, limit - bytes.count)
        if kept > 0 { bytes.append(contentsOf: more.prefix(kept)) }
        return max(0, kept)
    }

    var output: CapturedOutput { CapturedOutput(bytes: bytes, totalBytes: total) }
}

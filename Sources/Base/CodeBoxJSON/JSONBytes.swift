/// Finds the bytes that a JSON string must escape, eight bytes at a time.
enum JSONBytes {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080
    private static let quotes = ones * 0x22
    private static let backslashes = ones * 0x5c
    private static let spaces = ones * 0x20

    /// Returns the index of the first quote, backslash or control character from `start` on, or the
    /// end if there is none.
    static func firstSpecial(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index + 8 <= bytes.count {
            let word = UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            // Each term marks the high bit of the bytes that it looks for. Bytes above a match may
            // be marked in error, so only the lowest mark counts.
            let found =
                (zeroes(word ^ quotes) | zeroes(word ^ backslashes)
                    | ((word &- spaces) & ~word & highBits))
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < bytes.count, !isSpecial(bytes[index]) { index += 1 }
        return index
    }

    private static func zeroes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highBits }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }
}

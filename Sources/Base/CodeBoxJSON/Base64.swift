/// Base64 with the standard alphabet and padding (RFC 4648, section 4). It is strict: each sequence
/// of bytes has exactly one text, and every other text is refused.
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")
    private static let invalid: UInt8 = 0xff

    private static let values: [UInt8] = {
        var table = [UInt8](repeating: invalid, count: 256)
        for (value, letter) in alphabet.enumerated() { table[Int(letter)] = UInt8(value) }
        return table
    }()

    /// Returns the bytes, or nil for a text that ``encode(_:into:)`` would not write: one with
    /// white space, without padding, or with stray bits before the padding.
    package static func decode(_ text: [UInt8]) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        guard !text.isEmpty else { return [] }
        let last = text.count - 1
        let padded = text[last] != padding ? 0 : text[last - 1] != padding ? 1 : 2
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        let values = Self.values
        var (bits, pending): (UInt32, Int) = (0, 0)
        for letter in text.dropLast(padded) {
            let value = values[Int(letter)]
            guard value != invalid else { return nil }
            bits = bits << 6 | UInt32(value)
            pending += 6
            if pending >= 8 {
                pending -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(pending)))
            }
        }
        guard bits & (1 << UInt32(pending) - 1) == 0 else { return nil }
        return bytes
    }

    /// Says why ``decode(_:)`` refuses a text and what to do, as the rest of a sentence that begins
    /// with the text's name.
    package static func fault(of text: [UInt8]) -> String {
        let blank = text.contains { " \t\r\n".utf8.contains($0) }
        if text.starts(with: "data:".utf8) {
            return "must be base64 alone; leave out all up to the comma of the data: URL"
        }
        if blank {
            return "must be base64 without line breaks and spaces; encode with `base64 -w0`, "
                + "or remove them"
        }
        if text.contains(where: { "-_".utf8.contains($0) }) {
            return "must be base64 with '+' and '/' (RFC 4648, section 4), not '-' and '_'; "
                + "replace them"
        }
        let letters = text.prefix { values[Int($0)] != invalid }
        let padding = text.dropFirst(letters.count)
        if padding.allSatisfy({ $0 == Self.padding }), letters.count % 4 != 1,
            (letters.count + padding.count) % 4 != 0 || padding.count > 2
        {
            return "must be base64 padded with '=' to a multiple of four characters"
        }
        return "must be base64 (RFC 4648, section 4: padded, without white space)"
    }

    /// Writes the text of `bytes` into `output`, which must have room for exactly ``length(of:)``
    /// bytes.
    package static func encode(
        _ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) {
        let alphabet = Self.alphabet
        var (source, target) = (0, 0)
        while source < bytes.count {
            let left = bytes.count - source
            let group =
                UInt32(bytes[source]) << 16
                | (left > 1 ? UInt32(bytes[source + 1]) << 8 : 0)
                | (left > 2 ? UInt32(bytes[source + 2]) : 0)
            output[target] = alphabet[Int(group >> 18)]
            output[target + 1] = alphabet[Int(group >> 12 & 0x3f)]
            output[target + 2] = left > 1 ? alphabet[Int(group >> 6 & 0x3f)] : padding
            output[target + 3] = left > 2 ? alphabet[Int(group & 0x3f)] : padding
            source += 3
            target += 4
        }
    }

    /// Returns how many bytes of text `count` bytes become.
    package static func length(of count: Int) -> Int {
        (count + 2) / 3 * 4
    }
}

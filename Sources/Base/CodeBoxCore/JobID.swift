/// Identifies a job: a UUIDv7 (RFC 9562, section 5.7), so that ids sort by creation time.
package struct JobID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Canonical lower-case text, 36 characters.
    package let description: String

    /// A new id for the given instant; two ids of one millisecond differ in 74 random bits.
    package init(at instant: Timestamp = .now) {
        var random = SystemRandomNumberGenerator()
        var bytes = [UInt8](repeating: 0, count: 16)
        let milliseconds = UInt64(max(0, instant.microseconds / 1000))
        for index in 0..<6 {
            bytes[index] = UInt8(truncatingIfNeeded: milliseconds >> (8 * (5 - UInt64(index))))
        }
        // Each draw is a system call.
        let draws = (random.next(), random.next())
        for index in 0..<8 {
            bytes[8 + index] = UInt8(truncatingIfNeeded: draws.0 >> (8 * UInt64(index)))
        }
        bytes[6] = UInt8(truncatingIfNeeded: draws.1)
        bytes[7] = UInt8(truncatingIfNeeded: draws.1 >> 8)
        bytes[6] = 0x70 | (bytes[6] & 0x0f)
        bytes[8] = 0x80 | (bytes[8] & 0x3f)
        description = Self.text(bytes)
    }

    /// Reads canonical text; nil for anything that is not a UUID.
    package init?(_ text: String) {
        let characters = Array(text.utf8)
        guard characters.count == 36 else { return nil }
        for (index, character) in characters.enumerated() {
            switch index {
            case 8, 13, 18, 23:
                guard character == UInt8(ascii: "-") else { return nil }
            default:
                let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character)
                let isHex = (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(character)
                guard isDigit || isHex else { return nil }
            }
        }
        description = text
    }

    package static func < (left: JobID, right: JobID) -> Bool {
        left.description < right.description
    }

    private static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var out: [UInt8] = []
        out.reserveCapacity(36)
        for (index, byte) in bytes.enumerated() {
            if index == 4 || index == 6 || index == 8 || index == 10 {
                out.append(UInt8(ascii: "-"))
            }
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 0x0f)])
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension JobID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = JobID(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a job id (UUIDv7)")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

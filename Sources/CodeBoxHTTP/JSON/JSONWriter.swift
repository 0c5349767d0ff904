import NIOCore

/// Writes JSON straight into a ByteBuffer: no tree, no copy, no Codable.
///
/// Commas are its business, the pairing of `begin` and `end` the caller's.
struct JSONWriter {
    private(set) var buffer: ByteBuffer
    private var needsComma = false

    /// - Parameter capacity: bytes to make room for at once.
    init(capacity: Int = 1024) {
        buffer = ByteBufferAllocator().buffer(capacity: capacity)
    }

    // MARK: Structure

    mutating func beginObject() { begin(UInt8(ascii: "{")) }
    mutating func endObject() { end(UInt8(ascii: "}")) }
    mutating func beginArray() { begin(UInt8(ascii: "[")) }
    mutating func endArray() { end(UInt8(ascii: "]")) }

    /// A member's name that needs no escape.
    mutating func key(_ name: StaticString) {
        separate()
        buffer.writeInteger(UInt8(ascii: "\""))
        buffer.writeStaticString(name)
        buffer.writeStaticString("\":")
        needsComma = false
    }

    mutating func key(text name: String) {
        string(name)
        buffer.writeInteger(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func begin(_ opener: UInt8) {
        separate()
        buffer.writeInteger(opener)
        needsComma = false
    }

    private mutating func end(_ closer: UInt8) {
        buffer.writeInteger(closer)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { buffer.writeInteger(UInt8(ascii: ",")) }
        needsComma = true
    }

    // MARK: Values

    mutating func null() {
        separate()
        buffer.writeStaticString("null")
    }

    mutating func bool(_ value: Bool) {
        separate()
        if value { buffer.writeStaticString("true") } else { buffer.writeStaticString("false") }
    }

    mutating func integer(_ value: Int) {
        separate()
        buffer.writeString(String(value))
    }

    /// A whole number is written as one; one that JSON has no word for as null.
    mutating func number(_ value: Double) {
        if let whole = Int(exactly: value) { return integer(whole) }
        guard value.isFinite else { return null() }
        separate()
        buffer.writeString("\(value)")
    }

    mutating func string(_ value: String) {
        separate()
        var value = value
        value.withUTF8 { quote(UnsafeRawBufferPointer($0)) }
    }

    /// - Parameter bytes: valid UTF-8; the caller has checked.
    mutating func string(utf8 bytes: UnsafeRawBufferPointer) {
        separate()
        quote(bytes)
    }

    mutating func base64(_ bytes: UnsafeRawBufferPointer) {
        separate()
        let length = Base64.length(of: bytes.count)
        buffer.writeInteger(UInt8(ascii: "\""))
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: length) { room in
            Base64.encode(bytes, into: UnsafeMutableRawBufferPointer(rebasing: room[..<length]))
            return length
        }
        buffer.writeInteger(UInt8(ascii: "\""))
    }

    // MARK: Strings

    /// Copies stretches that need no escape whole.
    private mutating func quote(_ bytes: UnsafeRawBufferPointer) {
        buffer.writeInteger(UInt8(ascii: "\""))
        var start = 0
        for index in 0..<bytes.count where Self.needsEscape(bytes[index]) {
            if index > start {
                buffer.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
            }
            escape(bytes[index])
            start = index + 1
        }
        if start < bytes.count {
            buffer.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        }
        buffer.writeInteger(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): buffer.writeStaticString("\\\"")
        case UInt8(ascii: "\\"): buffer.writeStaticString("\\\\")
        case 0x0a: buffer.writeStaticString("\\n")
        case 0x0d: buffer.writeStaticString("\\r")
        case 0x09: buffer.writeStaticString("\\t")
        default:
            let digits: StaticString = "0123456789abcdef"
            buffer.writeStaticString("\\u00")
            buffer.writeInteger(digits.utf8Start[Int(byte >> 4)])
            buffer.writeInteger(digits.utf8Start[Int(byte & 0x0f)])
        }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }
}

extension JSONWriter {
    /// An array of objects, each filled by `members`.
    mutating func array<Element>(
        _ elements: [Element], members: (inout JSONWriter, Element) -> Void
    ) {
        beginArray()
        for element in elements {
            beginObject()
            members(&self, element)
            endObject()
        }
        endArray()
    }

    mutating func strings(_ values: [String]) {
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    /// An object of strings, its names sorted so that equal ones read equal.
    mutating func strings(_ values: [String: String]) {
        beginObject()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            key(text: name)
            string(value)
        }
        endObject()
    }
}

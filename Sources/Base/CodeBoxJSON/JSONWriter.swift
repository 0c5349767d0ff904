/// Writes JSON front to back, without a tree and without Codable.
///
/// The writer puts the commas; the caller pairs `begin` and `end`.
public struct JSONWriter {
    /// The text so far. It is an array because appending to one is inlined everywhere.
    private var text: [UInt8] = []
    private var needsComma = false

    /// The text so far, UTF-8.
    package var bytes: [UInt8] { text }

    /// - Parameter capacity: bytes that are reserved at once.
    package init(capacity: Int = 1024) {
        text.reserveCapacity(capacity)
    }

    // MARK: Structure

    @usableFromInline
    package mutating func beginObject() { begin(UInt8(ascii: "{")) }
    @usableFromInline
    package mutating func endObject() { end(UInt8(ascii: "}")) }
    @usableFromInline
    package mutating func beginArray() { begin(UInt8(ascii: "[")) }
    @usableFromInline
    package mutating func endArray() { end(UInt8(ascii: "]")) }

    /// Writes a field's name that needs no escape.
    @usableFromInline
    package mutating func key(_ name: StaticString) {
        separate()
        text.append(UInt8(ascii: "\""))
        append(name)
        append("\":")
        needsComma = false
    }

    /// Writes a field's name that a client chose.
    package mutating func key(text name: String) {
        string(name)
        text.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Ends a document that another one may follow (NDJSON).
    package mutating func endLine() {
        text.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    private mutating func begin(_ opener: UInt8) {
        separate()
        text.append(opener)
        needsComma = false
    }

    private mutating func end(_ closer: UInt8) {
        text.append(closer)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { text.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    // MARK: Values

    @usableFromInline
    package mutating func null() {
        separate()
        append("null")
    }

    package mutating func bool(_ value: Bool) {
        separate()
        if value { append("true") } else { append("false") }
    }

    package mutating func integer(_ value: Int) {
        separate()
        text.append(contentsOf: String(value).utf8)
    }

    /// Writes a whole number without a fraction, and a number that JSON can't express as null.
    package mutating func number(_ value: Double) {
        if let whole = Int(exactly: value) { return integer(whole) }
        guard value.isFinite else { return null() }
        separate()
        text.append(contentsOf: "\(value)".utf8)
    }

    package mutating func string(_ value: String) {
        separate()
        var value = value
        value.withUTF8 { quote(UnsafeRawBufferPointer($0)) }
    }

    /// - Parameter bytes: valid UTF-8; the caller has checked.
    package mutating func string(utf8 bytes: UnsafeRawBufferPointer) {
        separate()
        quote(bytes)
    }

    package mutating func base64(_ bytes: UnsafeRawBufferPointer) {
        separate()
        let length = Base64.length(of: bytes.count)
        text.append(UInt8(ascii: "\""))
        text += [UInt8](unsafeUninitializedCapacity: length) { room, count in
            Base64.encode(bytes, into: UnsafeMutableRawBufferPointer(room))
            count = length
        }
        text.append(UInt8(ascii: "\""))
    }

    // MARK: Strings

    /// Copies whole stretches that need no escape.
    private mutating func quote(_ bytes: UnsafeRawBufferPointer) {
        makeRoom(for: bytes.count)
        text.append(UInt8(ascii: "\""))
        var start = 0
        while true {
            let special = JSONBytes.firstSpecial(in: bytes, from: start)
            if special > start { text.append(contentsOf: bytes[start..<special]) }
            if special == bytes.count { break }
            escape(bytes[special])
            start = special + 1
        }
        text.append(UInt8(ascii: "\""))
    }

    /// Reserves room for a long text and some escapes in it at once.
    private mutating func makeRoom(for count: Int) {
        let needed = text.count + count + count / 16
        if count > 4096, needed > text.capacity {
            text.reserveCapacity(max(needed, 2 * text.capacity))
        }
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x0a: append("\\n")
        case 0x0d: append("\\r")
        case 0x09: append("\\t")
        default:
            let digits: StaticString = "0123456789abcdef"
            append("\\u00")
            text.append(digits.utf8Start[Int(byte >> 4)])
            text.append(digits.utf8Start[Int(byte & 0x0f)])
        }
    }

    private mutating func append(_ word: StaticString) {
        text.append(
            contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
}

import NIOCore

/// Writes JSON front to back: no tree, no Codable.
///
/// Commas are its business, the pairing of `begin` and `end` the caller's.
struct JSONWriter {
    /// An array, since appending to one is inlined everywhere; copied once into what NIO sends.
    private var text: [UInt8] = []
    private var needsComma = false

    var buffer: ByteBuffer { ByteBuffer(bytes: text) }

    /// - Parameter capacity: bytes to make room for at once.
    init(capacity: Int = 1024) {
        text.reserveCapacity(capacity)
    }

    // MARK: Structure

    mutating func beginObject() { begin(UInt8(ascii: "{")) }
    mutating func endObject() { end(UInt8(ascii: "}")) }
    mutating func beginArray() { begin(UInt8(ascii: "[")) }
    mutating func endArray() { end(UInt8(ascii: "]")) }

    /// A member's name that needs no escape.
    mutating func key(_ name: StaticString) {
        separate()
        text.append(UInt8(ascii: "\""))
        append(name)
        append("\":")
        needsComma = false
    }

    mutating func key(text name: String) {
        string(name)
        text.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Ends a document of which another may follow (NDJSON).
    mutating func endLine() {
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

    mutating func null() {
        separate()
        append("null")
    }

    mutating func bool(_ value: Bool) {
        separate()
        if value { append("true") } else { append("false") }
    }

    mutating func integer(_ value: Int) {
        separate()
        text.append(contentsOf: String(value).utf8)
    }

    /// A whole number is written as one; one that JSON has no word for as null.
    mutating func number(_ value: Double) {
        if let whole = Int(exactly: value) { return integer(whole) }
        guard value.isFinite else { return null() }
        separate()
        text.append(contentsOf: "\(value)".utf8)
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
        text.append(UInt8(ascii: "\""))
        text += [UInt8](unsafeUninitializedCapacity: length) { room, count in
            Base64.encode(bytes, into: UnsafeMutableRawBufferPointer(room))
            count = length
        }
        text.append(UInt8(ascii: "\""))
    }

    // MARK: Strings

    /// Copies stretches that need no escape whole.
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

    /// At once for a long text, and some escapes in it.
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

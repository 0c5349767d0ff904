extension JSONReader {
    private static let endsInString = "unexpected end of input inside a string"

    /// Reads the string that comes next; ``kind()`` has seen its opening quote.
    package mutating func string() throws(JSONSyntaxError) -> String {
        let start = offset + 1
        let end = try plainEnd(from: start)
        guard bytes[end] == UInt8(ascii: "\"") else {
            return String(decoding: try escaped(from: start, plainUntil: end), as: UTF8.self)
        }
        // Nearly every string is short and without escapes: copy it straight into its storage.
        guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
            throw invalidUTF8(in: bytes[start..<end])
        }
        offset = end + 1
        return text
    }

    /// Reads a string as ``string()`` does, as UTF-8.
    package mutating func utf8() throws(JSONSyntaxError) -> [UInt8] {
        let start = offset + 1
        let end = try plainEnd(from: start)
        guard bytes[end] == UInt8(ascii: "\"") else {
            return try escaped(from: start, plainUntil: end)
        }
        try validate(bytes[start..<end])
        offset = end + 1
        return Array(bytes[start..<end])
    }

    /// Returns the index of the first quote or backslash from `start` on.
    private func plainEnd(from start: Int) throws(JSONSyntaxError) -> Int {
        let index = JSONBytes.firstSpecial(in: UnsafeRawBufferPointer(bytes), from: start)
        if index < bytes.count {
            if bytes[index] >= 0x20 { return index }
            throw JSONSyntaxError(
                message: "unescaped control character in a string", offset: index)
        }
        throw JSONSyntaxError(message: Self.endsInString, offset: index)
    }

    /// Reads a string with at least one escape, the first of which is at `firstEscape`.
    private mutating func escaped(from start: Int, plainUntil firstEscape: Int)
        throws(JSONSyntaxError) -> [UInt8]
    {
        var text: [UInt8] = []
        // An array that grows by doubling is copied to new memory each time, which costs page
        // faults.
        text.reserveCapacity(closing(from: firstEscape) - start)
        var (start, end) = (start, firstEscape)
        while true {
            try validate(bytes[start..<end])
            text.append(contentsOf: bytes[start..<end])
            offset = end + 1
            if bytes[end] == UInt8(ascii: "\"") { return text }
            try escape(into: &text)
            start = offset
            end = try plainEnd(from: start)
        }
    }

    /// Returns the index of the closing quote, or of the first byte that ends the string otherwise.
    /// Without its escapes the string is no longer than that.
    private func closing(from escape: Int) -> Int {
        let bytes = UnsafeRawBufferPointer(bytes)
        var end = escape
        while end < bytes.count, bytes[end] == UInt8(ascii: "\\") {
            end = JSONBytes.firstSpecial(in: bytes, from: min(end + 2, bytes.count))
        }
        return end
    }

    /// Reads one escape; the reader is behind its backslash.
    private mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
        guard offset < bytes.count else { throw error(Self.endsInString) }
        let letter = bytes[offset]
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: UTF8.encode(try scalar())!)
        default:
            offset -= 2
            throw error("unknown escape")
        }
    }

    /// Reads the scalar of a `\u` escape, with the second half of a surrogate pair.
    private mutating func scalar() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = offset - 2
        let unit = try hexUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let lone = JSONSyntaxError(message: "unpaired surrogate", offset: start)
        guard unit < 0xdc00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
            bytes[offset + 1] == UInt8(ascii: "u")
        else { throw lone }
        offset += 2
        let second = try hexUnit()
        guard (0xdc00...0xdfff).contains(second),
            let scalar = Unicode.Scalar(
                0x10000 + (UInt32(unit - 0xd800) << 10) + UInt32(second - 0xdc00))
        else { throw lone }
        return scalar
    }

    private mutating func hexUnit() throws(JSONSyntaxError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard offset < bytes.count else { throw error(Self.endsInString) }
            guard let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue,
                bytes[offset] < 0x80
            else { throw error("expected a hexadecimal digit") }
            value = value << 4 | UInt16(digit)
            offset += 1
        }
        return value
    }

    private func validate(_ part: Slice<UnsafeBufferPointer<UInt8>>) throws(JSONSyntaxError) {
        do {
            _ = try UTF8Span(validating: UnsafeBufferPointer(rebasing: part).span)
        } catch {
            throw JSONSyntaxError(
                message: "invalid UTF-8",
                offset: part.startIndex + error.byteOffsets.lowerBound)
        }
    }

    private func invalidUTF8(in part: Slice<UnsafeBufferPointer<UInt8>>) -> JSONSyntaxError {
        do {
            try validate(part)
            return JSONSyntaxError(message: "invalid UTF-8", offset: part.startIndex)
        } catch {
            return error
        }
    }
}

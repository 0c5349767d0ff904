extension JSONReader {
    /// The string that comes next, whose opening quote was seen before.
    mutating func string() throws(JSONSyntaxError) -> String {
        let start = offset + 1
        let end = try plainEnd(from: start)
        guard bytes[end] == UInt8(ascii: "\"") else {
            return String(decoding: try escaped(from: start, plainUntil: end), as: UTF8.self)
        }
        // Small and plain, nearly always: straight into the string's own storage.
        guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
            throw invalidUTF8(in: bytes[start..<end])
        }
        offset = end + 1
        return text
    }

    /// The same as ``string()``, as UTF-8.
    mutating func utf8() throws(JSONSyntaxError) -> [UInt8] {
        let start = offset + 1
        let end = try plainEnd(from: start)
        guard bytes[end] == UInt8(ascii: "\"") else {
            return try escaped(from: start, plainUntil: end)
        }
        try validate(bytes[start..<end])
        offset = end + 1
        return Array(bytes[start..<end])
    }

    /// The first byte from `start` on that a string can't simply contain: a quote or backslash.
    private func plainEnd(from start: Int) throws(JSONSyntaxError) -> Int {
        let index = JSONBytes.firstSpecial(in: UnsafeRawBufferPointer(bytes), from: start)
        if index < bytes.count {
            if bytes[index] >= 0x20 { return index }
            throw JSONSyntaxError(
                message: "a control character in a string must be escaped", offset: index)
        }
        throw JSONSyntaxError(message: "ends inside a string", offset: index)
    }

    /// A string with at least one escape, whose first stretch without any is known.
    private mutating func escaped(from start: Int, plainUntil firstEscape: Int)
        throws(JSONSyntaxError) -> [UInt8]
    {
        var text: [UInt8] = []
        // What grows by doubling is copied, page fault by page fault, to new memory each time.
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

    /// The closing quote from an escape on, or where else the string can't go on; unescaped it is no
    /// longer than up to there.
    private func closing(from escape: Int) -> Int {
        let bytes = UnsafeRawBufferPointer(bytes)
        var end = escape
        while end < bytes.count, bytes[end] == UInt8(ascii: "\\") {
            end = JSONBytes.firstSpecial(in: bytes, from: min(end + 2, bytes.count))
        }
        return end
    }

    /// One escape, the reader standing behind its backslash.
    private mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
        guard offset < bytes.count else { throw error("ends inside a string") }
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
            throw error("an unknown escape")
        }
    }

    /// What `\u` stands for, with its second half if it is one of a pair.
    private mutating func scalar() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = offset - 2
        let unit = try hexUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let lone = JSONSyntaxError(message: "half of a surrogate pair", offset: start)
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
            guard offset < bytes.count else { throw error("ends inside a string") }
            guard let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue,
                bytes[offset] < 0x80
            else { throw error("a hexadecimal digit should be here") }
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
                message: "bytes that are not UTF-8",
                offset: part.startIndex + error.byteOffsets.lowerBound)
        }
    }

    private func invalidUTF8(in part: Slice<UnsafeBufferPointer<UInt8>>) -> JSONSyntaxError {
        do {
            try validate(part)
            return JSONSyntaxError(message: "bytes that are not UTF-8", offset: part.startIndex)
        } catch {
            return error
        }
    }
}

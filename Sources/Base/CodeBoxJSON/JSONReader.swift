/// Reads JSON (RFC 8259) strictly, front to back, without building a tree.
///
/// The caller asks for the values that its schema expects, so the schema bounds the recursion and
/// the text does not. ``skip()`` steps over everything else, and does not recurse. The reader
/// borrows its bytes: it must not outlive the closure that handed them out.
@usableFromInline
package struct JSONReader {
    /// Levels of nesting that ``skip()`` follows before it gives up.
    package static let maximumDepth = 64

    let bytes: UnsafeBufferPointer<UInt8>
    var offset = 0
    /// No field and no element from this offset on is read. A text that is already refused costs
    /// no more than what lies in front of it.
    var bound = Int.max

    package init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes.bindMemory(to: UInt8.self)
    }

    // MARK: Structure

    /// Returns the kind of the value that comes next, and leaves the reader in front of it.
    package mutating func kind() throws(JSONSyntaxError) -> JSONKind {
        skipSpace()
        guard offset < bytes.count else {
            throw error(
                bytes.isEmpty
                    ? "empty input, expected a value" : "unexpected end of input, expected a value")
        }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw error("expected a value")
        }
    }

    /// Steps over the `{` or `[` that ``kind()`` has seen.
    @usableFromInline
    package mutating func open() {
        offset += 1
    }

    /// Reads the next field's name and stops in front of its value; nil after the `}`.
    package mutating func nextKey(isFirst: inout Bool) throws(JSONSyntaxError) -> String? {
        guard try nextItem(before: UInt8(ascii: "}"), isFirst: &isFirst) else { return nil }
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
            throw error("expected a quoted field name")
        }
        let key = try string()
        skipSpace()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: ":") else {
            throw error("expected a colon")
        }
        offset += 1
        return key
    }

    /// Stops in front of the next element of an array; false after the `]`.
    package mutating func nextElement(isFirst: inout Bool) throws(JSONSyntaxError) -> Bool {
        try nextItem(before: UInt8(ascii: "]"), isFirst: &isFirst)
    }

    private mutating func nextItem(before closer: UInt8, isFirst: inout Bool)
        throws(JSONSyntaxError) -> Bool
    {
        guard offset < bound else {
            throw JSONSyntaxError(
                reason: .stopped, message: "reading ended before the end", offset: offset)
        }
        skipSpace()
        guard offset < bytes.count else {
            throw error("unexpected end of input inside an object or array")
        }
        if bytes[offset] == closer {
            offset += 1
            return false
        }
        if !isFirst {
            guard bytes[offset] == UInt8(ascii: ",") else { throw error("expected a comma") }
            offset += 1
            skipSpace()
        }
        isFirst = false
        return true
    }

    /// Checks that only white space is left.
    @usableFromInline
    package mutating func end() throws(JSONSyntaxError) {
        skipSpace()
        if offset < bytes.count { throw error("unexpected data after the JSON value") }
    }

    // MARK: Scalars

    package mutating func boolean() throws(JSONSyntaxError) -> Bool {
        if bytes[offset] == UInt8(ascii: "t") {
            try literal("true")
            return true
        }
        try literal("false")
        return false
    }

    package mutating func null() throws(JSONSyntaxError) {
        try literal("null")
    }

    private mutating func literal(_ word: StaticString) throws(JSONSyntaxError) {
        let length = word.utf8CodeUnitCount
        guard offset + length <= bytes.count,
            (0..<length).allSatisfy({ bytes[offset + $0] == word.utf8Start[$0] })
        else { throw error("expected a value") }
        offset += length
    }

    /// Reads a number, and checks its text against JSON's grammar.
    package mutating func number() throws(JSONSyntaxError) -> JSONNumber {
        let start = offset
        let isInteger = try skipNumber()
        return JSONNumber(
            text: String(decoding: bytes[start..<offset], as: UTF8.self), isInteger: isInteger)
    }

    /// Steps over a number, and checks its text. Returns whether it has neither a fraction nor an
    /// exponent.
    private mutating func skipNumber() throws(JSONSyntaxError) -> Bool {
        var isInteger = true
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        let first = offset
        try digits()
        if bytes[first] == UInt8(ascii: "0"), offset > first + 1 {
            offset = first
            throw error("unexpected leading zero in a number")
        }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            isInteger = false
            offset += 1
            try digits()
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            offset += 1
            if offset < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[offset])
            {
                offset += 1
            }
            try digits()
        }
        return isInteger
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = offset
        while offset < bytes.count, bytes[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
        if offset == start { throw error("expected a digit") }
    }

    // MARK: Skipping

    /// Steps over the next value, whatever its kind, and checks its syntax.
    package mutating func skip() throws(JSONSyntaxError) {
        /// The objects and arrays that enclose the reader, innermost last.
        var open: [(isObject: Bool, isFirst: Bool)] = []
        repeat {
            switch try kind() {
            case .string: _ = try utf8()
            case .number: _ = try skipNumber()
            case .boolean: _ = try boolean()
            case .null: try null()
            case .object: try push(isObject: true, on: &open)
            case .array: try push(isObject: false, on: &open)
            }
            try unwind(&open)
        } while !open.isEmpty
    }

    private mutating func push(isObject: Bool, on stack: inout [(isObject: Bool, isFirst: Bool)])
        throws(JSONSyntaxError)
    {
        guard stack.count < Self.maximumDepth else {
            throw JSONSyntaxError(
                reason: .tooDeep, message: "nested deeper than \(Self.maximumDepth) levels",
                offset: offset)
        }
        open()
        stack.append((isObject, true))
    }

    /// Leaves the objects and arrays that end here. Afterwards a value comes next, or the stack is
    /// empty.
    private mutating func unwind(_ stack: inout [(isObject: Bool, isFirst: Bool)])
        throws(JSONSyntaxError)
    {
        while let top = stack.last {
            var isFirst = top.isFirst
            let goesOn =
                top.isObject
                ? try nextKey(isFirst: &isFirst) != nil : try nextElement(isFirst: &isFirst)
            stack[stack.count - 1].isFirst = isFirst
            if goesOn { return }
            stack.removeLast()
        }
    }

    // MARK: Helpers

    private mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0a, 0x0d: offset += 1
            default: return
            }
        }
    }

    func error(_ message: String) -> JSONSyntaxError {
        JSONSyntaxError(message: message, offset: offset)
    }
}

/// Reads JSON (RFC 8259) strictly, front to back, without building a tree.
///
/// The caller asks for what its schema expects, so recursion is bounded by the schema and not by
/// the text; everything else is stepped over by ``skip()``, which doesn't recurse.
/// Borrows its bytes: it must not outlive the closure that handed them out.
struct JSONReader {
    /// Nesting that ``skip()`` follows before it gives up.
    static let maximumDepth = 64

    let bytes: UnsafeBufferPointer<UInt8>
    var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes.bindMemory(to: UInt8.self)
    }

    // MARK: Structure

    /// The kind of the value that comes next.
    mutating func kind() throws(JSONSyntaxError) -> JSONKind {
        skipSpace()
        guard offset < bytes.count else {
            throw error(bytes.isEmpty ? "the body is empty" : "ends where a value should be")
        }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw error("a value should be here")
        }
    }

    /// Steps over `{` or `[`, whose kind was seen before.
    mutating func open() {
        offset += 1
    }

    /// The next member's name, the reader then standing before its value; nil after the `}`.
    mutating func nextKey(isFirst: inout Bool) throws(JSONSyntaxError) -> String? {
        guard try nextItem(before: UInt8(ascii: "}"), isFirst: &isFirst) else { return nil }
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
            throw error("a member's name in quotes should be here")
        }
        let key = try string()
        skipSpace()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: ":") else {
            throw error("a colon should be here")
        }
        offset += 1
        return key
    }

    /// True before each element of an array; false after the `]`.
    mutating func nextElement(isFirst: inout Bool) throws(JSONSyntaxError) -> Bool {
        try nextItem(before: UInt8(ascii: "]"), isFirst: &isFirst)
    }

    private mutating func nextItem(before closer: UInt8, isFirst: inout Bool)
        throws(JSONSyntaxError) -> Bool
    {
        skipSpace()
        guard offset < bytes.count else { throw error("ends inside an object or array") }
        if bytes[offset] == closer {
            offset += 1
            return false
        }
        if !isFirst {
            guard bytes[offset] == UInt8(ascii: ",") else { throw error("a comma should be here") }
            offset += 1
            skipSpace()
        }
        isFirst = false
        return true
    }

    /// Makes sure that nothing but white space is left.
    mutating func end() throws(JSONSyntaxError) {
        skipSpace()
        if offset < bytes.count { throw error("nothing should follow the value") }
    }

    // MARK: Scalars

    mutating func boolean() throws(JSONSyntaxError) -> Bool {
        if bytes[offset] == UInt8(ascii: "t") {
            try literal("true")
            return true
        }
        try literal("false")
        return false
    }

    mutating func null() throws(JSONSyntaxError) {
        try literal("null")
    }

    private mutating func literal(_ word: StaticString) throws(JSONSyntaxError) {
        let length = word.utf8CodeUnitCount
        guard offset + length <= bytes.count,
            (0..<length).allSatisfy({ bytes[offset + $0] == word.utf8Start[$0] })
        else { throw error("a value should be here") }
        offset += length
    }

    /// The text of a number, checked against JSON's grammar.
    mutating func number() throws(JSONSyntaxError) -> JSONNumber {
        let start = offset
        var isInteger = true
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        let first = offset
        try digits()
        if bytes[first] == UInt8(ascii: "0"), offset > first + 1 {
            offset = first
            throw error("a number must not begin with 0")
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
        return JSONNumber(
            text: String(decoding: bytes[start..<offset], as: UTF8.self), isInteger: isInteger)
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = offset
        while offset < bytes.count, bytes[offset] &- UInt8(ascii: "0") < 10 { offset += 1 }
        if offset == start { throw error("a digit should be here") }
    }

    // MARK: Skipping

    /// Steps over the next value, whatever it is, checking its syntax.
    mutating func skip() throws(JSONSyntaxError) {
        /// What is open around the reader, innermost last; true is an object.
        var open: [(isObject: Bool, isFirst: Bool)] = []
        repeat {
            switch try kind() {
            case .string: _ = try utf8()
            case .number: _ = try number()
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
                reason: .tooDeep, message: "is nested deeper than \(Self.maximumDepth) levels",
                offset: offset)
        }
        open()
        stack.append((isObject, true))
    }

    /// Leaves all that ends here; on return the stack is empty or a value comes next.
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

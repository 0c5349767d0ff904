import CodeBoxJSON

/// The parameters of a request's query. Unknown and repeated names are refused.
package struct QueryParameters {
    private var values: [(name: String, value: String)] = []

    /// - Parameters:
    ///   - query: the text after the `?`, still percent-encoded.
    ///   - names: parameters that may be given once.
    ///   - repeatable: parameters that may be given any number of times.
    package init(_ query: String?, names: [String] = [], repeatable: [String] = []) throws(Problem)
    {
        for part in (query ?? "").split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(pair[0]),
                let value = Self.decode(pair.count == 2 ? pair[1] : "")
            else {
                throw Problem(.malformedRequest, "the query is not percent-encoded UTF-8")
            }
            guard names.contains(name) || repeatable.contains(name) else {
                let known = (names + repeatable).joined(separator: ", ")
                throw Problem([
                    FieldFault(
                        field: "?\(name.prefix(64))",
                        message: known.isEmpty
                            ? "unknown parameter; this route has none"
                            : "unknown parameter; expected one of \(known)")
                ])
            }
            if names.contains(name), values.contains(where: { $0.name == name }) {
                throw Problem([FieldFault(field: "?\(name)", message: "duplicate parameter")])
            }
            values.append((name, value))
        }
    }

    package func first(_ name: String) -> String? {
        values.first { $0.name == name }?.value
    }

    package func all(_ name: String) -> [String] {
        values.filter { $0.name == name }.map(\.value)
    }

    /// Decodes as forms encode: `%xx`, and `+` for a space.
    private static func decode(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = hexDigit(rest.popFirst()), let low = hexDigit(rest.popFirst())
                else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8?) -> UInt8? {
        byte.flatMap { Character(Unicode.Scalar($0)).hexDigitValue }.map { UInt8($0) }
    }
}

package import CodeBoxCore

/// `NAME=VALUE`, as environment variables and labels are given on the command line.
package struct NamedValue: Sendable, Hashable {
    package var name: String
    package var value: String

    /// - Throws: `invalidRequest` when there is no `=` or nothing before it.
    package init(_ text: String) throws(CodeBoxError) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw CodeBoxError(.invalidRequest, "'\(text)' is not NAME=VALUE")
        }
        name = String(text[..<equals])
        value = String(text[text.index(after: equals)...])
    }

    /// A later value of a name overrides an earlier one.
    package static func dictionary(_ values: [NamedValue]) -> [String: String] {
        Dictionary(values.map { ($0.name, $0.value) }) { _, last in last }
    }
}

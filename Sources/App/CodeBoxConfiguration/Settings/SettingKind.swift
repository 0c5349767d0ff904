package import CodeBoxCore

/// The form of a setting's text.
package enum SettingKind: Sendable, Hashable {
    case text
    case path
    case integer(ClosedRange<Int>)
    /// A size such as `64MiB` or `1048576`.
    case bytes(ClosedRange<Int>)
    /// A time such as `30`, `90s`, `15m`, `24h`, `7d`, in seconds.
    case seconds(ClosedRange<Double>)
    case decimal(ClosedRange<Double>)
    case choice([String])
    /// `on` or `off`, or another YAML word for true or false.
    case toggle
    /// Words separated by commas.
    case list

    /// - Throws: `configurationInvalid`, saying what was expected; the caller names the setting.
    package func parse(_ text: String) throws(CodeBoxError) -> SettingValue {
        switch self {
        case .text:
            return .text(text)
        case .path:
            guard !text.utf8.contains(0), !text.isEmpty else {
                throw Self.expected("a path", text)
            }
            return .text(text)
        case .integer(let range):
            guard let value = Int(text), range.contains(value) else {
                throw Self.expected(
                    "a whole number from \(range.lowerBound) to \(range.upperBound)", text)
            }
            return .integer(value)
        case .bytes(let range):
            guard let value = ByteSize(text)?.bytes, range.contains(value) else {
                throw Self.expected(
                    "a size such as 64MiB, from \(range.lowerBound) to \(range.upperBound) bytes",
                    text)
            }
            return .integer(value)
        case .seconds(let range):
            guard let value = TimeSpan(text)?.seconds, range.contains(value) else {
                throw Self.expected(
                    "a time such as 30s, from \(range.lowerBound) to \(range.upperBound) seconds",
                    text)
            }
            return .decimal(value)
        case .decimal(let range):
            guard let value = Double(text), range.contains(value) else {
                throw Self.expected(
                    "a number from \(range.lowerBound) to \(range.upperBound)", text)
            }
            return .decimal(value)
        case .choice(let words):
            guard words.contains(text) else {
                throw Self.expected("one of \(words.joined(separator: ", "))", text)
            }
            return .text(text)
        case .toggle:
            switch text.lowercased() {
            case "on", "true", "yes": return .boolean(true)
            case "off", "false", "no": return .boolean(false)
            default: throw Self.expected("on or off", text)
            }
        case .list:
            let words = text.split(separator: ",", omittingEmptySubsequences: false)
                .map { $0.filter { !$0.isWhitespace } }
            guard words.allSatisfy({ !$0.isEmpty }) else {
                throw Self.expected("a list such as one,two", text)
            }
            return .list(words)
        }
    }

    private static func expected(_ what: String, _ text: String) -> CodeBoxError {
        CodeBoxError(.configurationInvalid, "'\(text)' is not \(what)")
    }
}

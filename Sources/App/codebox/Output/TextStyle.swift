/// Colours for terminals that show them.
package struct TextStyle: Sendable {
    package enum Color: String, Sendable {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case faint = "2"
        case bold = "1"
    }

    package let isColored: Bool

    /// - Parameter environment: a non-empty `NO_COLOR` or `TERM=dumb` turns colours off.
    package init(isTerminal: Bool, environment: [String: String]) {
        let isRefused = !(environment["NO_COLOR"] ?? "").isEmpty
        isColored = isTerminal && !isRefused && environment["TERM"] != "dumb"
    }

    package func paint(_ text: String, _ color: Color) -> String {
        isColored ? "\u{1b}[\(color.rawValue)m\(text)\u{1b}[0m" : text
    }
}

/// A value of `TZ` (tzset(3)).
struct TimeZoneName {
    let text: String

    /// The file of the zone, relative to the zones' folder or absolute; nil for a rule such as
    /// `CET-1CEST`, which needs none.
    var file: String? {
        if text.hasPrefix(":") { return String(text.dropFirst()) }
        return text.isEmpty || isRule ? nil : text
    }

    /// A rule begins with an abbreviation and the offset from UTC, like `CET-1` or `<+05>-5`.
    private var isRule: Bool {
        var rest = text[...]
        if rest.hasPrefix("<") {
            guard let end = rest.firstIndex(of: ">") else { return false }
            rest = rest[rest.index(after: end)...]
        } else {
            let letters = rest.prefix { $0.isASCII && $0.isLetter }
            guard letters.count >= 3 else { return false }
            rest = rest.dropFirst(letters.count)
        }
        if rest.hasPrefix("+") || rest.hasPrefix("-") { rest = rest.dropFirst() }
        return rest.first?.isASCII == true && rest.first?.isNumber == true
    }
}

/// A locale's name, `language[_territory][.codeset][@modifier]`, as glibc looks for it
/// (setlocale(3)).
struct LocaleName {
    let text: String

    /// The locales that glibc holds itself, so that an image needs no file for them.
    private static let builtIn: Set<String> = ["", "C", "POSIX"]

    var isBuiltIn: Bool { Self.builtIn.contains(text) }

    /// The names of the locale's folder, in the order in which glibc tries them: as written, and
    /// with the codeset in lower case without punctuation (`C.utf8` for `C.UTF-8`).
    var folders: [String] {
        let start = text.prefix { $0 != "." }
        guard start.count < text.count else { return [text] }
        let rest = text.dropFirst(start.count + 1)
        let codeset = rest.prefix { $0 != "@" }
        let plain = codeset.lowercased().filter { $0.isLetter || $0.isNumber }
        return [text, "\(start).\(plain)\(rest.dropFirst(codeset.count))"]
    }
}

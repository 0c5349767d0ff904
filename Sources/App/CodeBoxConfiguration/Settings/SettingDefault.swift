/// The value of a setting that no flag, variable or file names.
package enum SettingDefault: Sendable, ExpressibleByStringLiteral {
    case text(String)
    /// No value: the field is nil or empty.
    case none(note: String)
    /// Depends on the machine and on the user who runs CodeBox.
    case host(note: String, @Sendable (HostFacts) -> String)
    /// Depends on settings whose rows come earlier.
    case derived(note: String, @Sendable (Settings) -> String)

    package init(stringLiteral value: String) {
        self = .text(value)
    }

    /// - Parameter settings: holds the values of all earlier rows.
    package func text(on host: HostFacts, after settings: Settings) -> String {
        switch self {
        case .text(let text): text
        case .none: ""
        case .host(_, let text): text(host)
        case .derived(_, let text): text(settings)
        }
    }

    /// The default as documentation describes it.
    package var note: String {
        switch self {
        case .text(let text): text
        case .none(let note), .host(let note, _), .derived(let note, _): note
        }
    }
}

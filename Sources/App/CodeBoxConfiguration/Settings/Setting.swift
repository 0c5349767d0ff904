/// One setting: its key, the form of its text, its default, and the field that holds its value.
///
/// The configuration file, the environment, the flags and their help, `codebox config` and the
/// table in docs/operations.md are made from the rows of ``Settings/rows``.
package struct Setting: Sendable {
    /// The key in the configuration file; a dot stands for a level of nesting.
    package let key: String
    package let kind: SettingKind
    package let standard: SettingDefault
    /// One or two sentences.
    package let meaning: String
    private let assign: @Sendable (SettingValue, inout Settings) -> Bool

    static let ceilingPrefix = "limits.ceiling."

    /// - Parameter field: where the value goes; its type must be the one that `kind` parses to.
    init<Value: SettingField>(
        _ field: any WritableKeyPath<Settings, Value> & Sendable, _ key: String,
        _ kind: SettingKind, default standard: SettingDefault, _ meaning: String
    ) {
        self.key = key
        self.kind = kind
        self.standard = standard
        self.meaning = meaning
        assign = { value, settings in
            guard let value = Value(value) else { return false }
            settings[keyPath: field] = value
            return true
        }
    }

    /// Stores a parsed value in its field.
    /// - Returns: false if the field has another type than the row's kind; a test rules that out.
    package func store(_ value: SettingValue, in settings: inout Settings) -> Bool {
        assign(value, &settings)
    }

    /// The limit that this setting caps, for a key under `limits.ceiling`.
    package var ceilingName: String? {
        key.hasPrefix(Self.ceilingPrefix) ? String(key.dropFirst(Self.ceilingPrefix.count)) : nil
    }

    /// Path of the key in the file, outermost first.
    package var components: [String] { key.split(separator: ".").map(String.init) }

    /// `CODEBOX_DATA_DIR` for `data_dir`.
    package var environmentVariable: String {
        "CODEBOX_" + key.uppercased().map { $0 == "." ? "_" : String($0) }.joined()
    }

    /// The flag's long name without dashes; all ceilings share `ceiling`, given `NAME=VALUE`.
    package var flag: String {
        guard ceilingName == nil else { return "ceiling" }
        return String(key.map { $0 == "_" || $0 == "." ? "-" : $0 })
    }

    /// The flag as a command line spells it, with this value.
    package func argument(_ value: String) -> String {
        guard let ceilingName else { return "--\(flag)=\(value)" }
        return "--\(flag)=\(ceilingName)=\(value)"
    }
}

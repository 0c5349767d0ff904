/// One row of ``SettingsTable``.
package struct SettingDescription: Sendable, Hashable {
    package var key: SettingKey
    package var kind: SettingKind
    /// What holds when nobody says otherwise; empty when that means "none".
    package var defaultText: String
    /// Said instead of ``defaultText`` in documentation, where the default depends on the machine.
    package var defaultNote: String?
    /// One or two sentences.
    package var meaning: String

    init(
        _ key: SettingKey, _ kind: SettingKind, default defaultText: String, note: String? = nil,
        _ meaning: String
    ) {
        self.key = key
        self.kind = kind
        self.defaultText = defaultText
        self.defaultNote = note
        self.meaning = meaning
    }
}

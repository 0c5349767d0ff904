/// A setting in force: its text, what it was understood as, and who said so.
package struct ResolvedSetting: Sendable, Hashable {
    package var description: SettingDescription
    package var text: String
    package var value: SettingValue
    package var origin: SettingOrigin

    package var key: SettingKey { description.key }
}

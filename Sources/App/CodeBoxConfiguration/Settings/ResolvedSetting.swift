/// A setting in force: its text, its value, and the source that named it.
package struct ResolvedSetting: Sendable {
    package var row: Setting
    package var text: String
    package var value: SettingValue
    package var origin: SettingOrigin

    package var key: String { row.key }
}

/// A parsed value of a setting.
package enum SettingValue: Sendable, Hashable {
    case text(String)
    case integer(Int)
    case decimal(Double)
    case boolean(Bool)
    case list([String])
}

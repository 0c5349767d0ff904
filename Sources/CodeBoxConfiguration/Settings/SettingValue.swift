/// A setting's value once its text has been understood.
package enum SettingValue: Sendable, Hashable {
    case text(String)
    case integer(Int)
    case decimal(Double)
    case boolean(Bool)
    case list([String])
}

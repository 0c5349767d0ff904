/// A type that a field of ``Settings`` can have.
package protocol SettingField: Sendable {
    /// - Returns: nil if the value is of another type.
    init?(_ value: SettingValue)
}

extension Int: SettingField {
    package init?(_ value: SettingValue) {
        guard case .integer(let value) = value else { return nil }
        self = value
    }
}

extension Double: SettingField {
    package init?(_ value: SettingValue) {
        guard case .decimal(let value) = value else { return nil }
        self = value
    }
}

extension Bool: SettingField {
    package init?(_ value: SettingValue) {
        guard case .boolean(let value) = value else { return nil }
        self = value
    }
}

extension String: SettingField {
    package init?(_ value: SettingValue) {
        guard case .text(let value) = value else { return nil }
        self = value
    }
}

extension [String]: SettingField {
    package init?(_ value: SettingValue) {
        switch value {
        case .list(let words): self = words
        case .text(""): self = []
        default: return nil
        }
    }
}

/// An empty text is nil.
extension Optional: SettingField where Wrapped: SettingField {
    package init?(_ value: SettingValue) {
        guard value != .text("") else {
            self = .none
            return
        }
        guard let wrapped = Wrapped(value) else { return nil }
        self = .some(wrapped)
    }
}

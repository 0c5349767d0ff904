import CodeBoxCore

extension Setting {
    /// The setting of a limit's ceiling, made from the limit's row.
    init(ceilingOf limit: LimitField) {
        let row = limit.row
        let range = Int(row.floor)...Int(row.greatestCeiling)
        let key = Self.ceilingPrefix + limit.rawValue
        let standard = Self.text(of: row)
        switch row.unit {
        case .bytes:
            self.init(
                \.ceiling[whole: limit], key, .bytes(range), default: standard, row.ceilingMeaning)
        case .milliseconds, .count:
            self.init(
                \.ceiling[whole: limit], key, .integer(range), default: standard,
                row.ceilingMeaning)
        case .cores:
            self.init(
                \.ceiling[limit], key, .decimal(row.floor...row.greatestCeiling),
                default: standard, row.ceilingMeaning)
        }
    }

    private static func text(of row: LimitField.Row) -> SettingDefault {
        let text =
            row.unit == .bytes
            ? ByteSize(bytes: Int(row.ceiling)).description.filter { $0 != " " }
            : row.text(of: row.ceiling)
        return .text(text)
    }
}

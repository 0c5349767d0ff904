import ArgumentParser
import CodeBoxCLI

/// Flags take their names and help from the table of settings.
extension NameSpecification {
    static func setting(_ key: SettingKey) -> NameSpecification {
        .customLong(key.flag)
    }
}

extension ArgumentHelp {
    static func setting(_ key: SettingKey) -> ArgumentHelp {
        guard let row = SettingsTable(host: .current).row(key) else { return "" }
        let note = row.defaultNote ?? row.defaultText
        return ArgumentHelp(
            "\(row.meaning) (default: \(note))", valueName: valueName(row.kind))
    }

    private static func valueName(_ kind: SettingKind) -> String {
        switch kind {
        case .text: "name"
        case .path: "path"
        case .integer: "number"
        case .bytes: "size"
        case .seconds: "seconds"
        case .decimal: "number"
        case .toggle: "on|off"
        case .list: "names"
        case .choice(let words): words.count > 3 ? "word" : words.joined(separator: "|")
        }
    }
}

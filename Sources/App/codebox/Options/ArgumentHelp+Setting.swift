import ArgumentParser
import CodeBoxConfiguration

extension ArgumentHelp {
    /// The help of a setting's flag.
    static func setting(_ setting: Setting) -> ArgumentHelp {
        ArgumentHelp(
            "\(setting.meaning) (default: \(setting.standard.note))",
            valueName: valueName(setting.kind))
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

import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore

/// The settings that a command takes as flags.
protocol SettingSelection {
    static var settings: [Setting] { get }
}

/// All settings. None may be missing: the supervisor starts the server with all of them.
enum AllSettings: SettingSelection {
    static let settings = Settings.rows
}

/// The settings of commands that work on images without a server.
enum DataSettings: SettingSelection {
    static let settings = ["data_dir", "runtimes_dir"].compactMap(Settings.row)
}

/// One flag for each selected setting, named and described by the setting's row.
///
/// ArgumentParser finds a type's options with `Mirror` and then decodes them by name. This type
/// makes both from the rows, so that a setting needs no property here.
struct SettingFlags<Selection: SettingSelection>: ParsableArguments, CustomReflectable {
    private var texts: [String: String] = [:]
    private var ceilings: [String] = []

    init() {}

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: OptionName.self)
        for setting in Self.plain {
            let option = try container.decode(
                Option<String?>.self, forKey: OptionName(stringValue: setting.flag))
            texts[setting.key] = option.wrappedValue
        }
        if Self.hasCeilings {
            ceilings = try container.decode(Option<[String]>.self, forKey: .ceiling).wrappedValue
        }
    }

    var customMirror: Mirror {
        var children: [Mirror.Child] = Self.plain.map { setting in
            (
                label: "_" + setting.flag,
                value: Option<String?>(name: .customLong(setting.flag), help: .setting(setting))
            )
        }
        if Self.hasCeilings {
            let option = Option<[String]>(
                wrappedValue: [], name: .customLong(OptionName.ceiling.stringValue),
                help: ArgumentHelp(
                    "Most that a job may ask for, e.g. wall_ms=120000 or memory_bytes=2GiB; may "
                        + "be repeated.", valueName: "limit=value"))
            children.append((label: "_" + OptionName.ceiling.stringValue, value: option))
        }
        return Mirror(self, children: children)
    }

    /// The given texts by the settings' keys.
    func given() throws(CodeBoxError) -> [String: String] {
        try CeilingFlags.add(ceilings, to: texts)
    }

    private static var plain: [Setting] {
        Selection.settings.filter { $0.ceilingName == nil }
    }

    private static var hasCeilings: Bool {
        Selection.settings.contains { $0.ceilingName != nil }
    }
}

private struct OptionName: CodingKey {
    static let ceiling = OptionName(stringValue: "ceiling")

    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) { return nil }
}

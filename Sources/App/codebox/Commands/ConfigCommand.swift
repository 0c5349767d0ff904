import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import Foundation

/// `codebox config`.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show the settings in force and where each came from.",
        discussion: """
            Examples:
              codebox config
              codebox config --config ./codebox.yaml --port 9000
              codebox config --table        describe all settings, as a Markdown table
            """)

    @OptionGroup var source: ConfigurationOptions
    @OptionGroup(title: "Settings") var flags: SettingFlags<AllSettings>
    @Flag(help: "Print a Markdown table that describes all settings.") var table = false
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        if table {
            Console.lines(SettingsDocument.lines)
            return
        }
        let settings = try source.resolve(flags: flags.given())
        if json {
            try printJSON(settings)
        } else {
            var table = TextTable(["SETTING", "VALUE", "FROM"])
            for setting in settings {
                table.add([setting.key, setting.text, "\(setting.origin)"])
            }
            Console.lines(table.lines())
        }
    }

    private func printJSON(_ settings: [ResolvedSetting]) throws {
        struct Row: Encodable {
            var value: String
            var from: String
        }
        let rows = settings.map { ($0.key, Row(value: $0.text, from: "\($0.origin)")) }
        try JSONOutput.print(Dictionary(uniqueKeysWithValues: rows))
    }
}

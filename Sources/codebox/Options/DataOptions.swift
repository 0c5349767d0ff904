import ArgumentParser
import CodeBoxCLI
import CodeBoxCore

/// What the commands need that work on images without a server.
struct DataOptions: ParsableArguments {
    @OptionGroup var configuration: ConfigurationOptions
    @Option(name: .setting(.dataDirectory), help: .setting(.dataDirectory))
    var dataDirectory: String?
    @Option(name: .setting(.runtimesDirectory), help: .setting(.runtimesDirectory))
    var runtimesDirectory: String?

    func settings() throws(CodeBoxError) -> Settings {
        let given: [SettingKey: String?] = [
            .dataDirectory: dataDirectory, .runtimesDirectory: runtimesDirectory,
        ]
        return try configuration.settings(flags: given.compactMapValues { $0 })
    }
}

import ArgumentParser
import CodeBoxCLI
import CodeBoxCore
import CodeBoxSystem
import Glibc

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
        let settings = try configuration.settings(flags: given.compactMapValues { $0 })
        try DataDirectory(settings.dataDirectory).check()
        if access(settings.runtimesDirectory, F_OK) == 0 {
            try TrustedPath.ofRuntimes.check(settings.runtimesDirectory)
        }
        return settings
    }
}

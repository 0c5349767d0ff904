import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxSupervisor
import CodeBoxSystem
import Glibc

/// Options of the commands that work on images without a server.
struct DataOptions: ParsableArguments {
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var flags: SettingFlags<DataSettings>

    func settings() throws(CodeBoxError) -> Settings {
        let settings = try configuration.settings(flags: try flags.given())
        try DataDirectory(settings.dataDirectory).check()
        if access(settings.runtimesDirectory, F_OK) == 0 {
            try TrustedPath.ofRuntimes.check(settings.runtimesDirectory)
        }
        return settings
    }
}

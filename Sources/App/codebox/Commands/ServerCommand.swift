import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxSupervisor
import CodeBoxSystem
import Glibc
import Logging

/// `codebox server`, started by the supervisor. It begins synchronously, so that it gives up its
/// privilege while it has one thread.
struct ServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server", abstract: "Serve the API for a supervisor.", shouldDisplay: false)

    @Option(help: "Descriptor to write the port to once the server listens.")
    var readyFd: CInt
    @Option(help: "Process with which the server ends.") var supervisor: pid_t
    @OptionGroup(title: "Settings") var flags: SettingFlags<AllSettings>

    func run() throws {
        // The supervisor passes all settings as flags; other sources are ignored.
        let loader = SettingsLoader(host: .current, flags: try flags.given())
        let settings = try Settings(try loader.resolve())
        let user = try ServiceUser.current(setting: settings.user)
        let keys = try KeyFile.read(settings.apiKeysFile, for: user)
        try Privilege.giveUp(becoming: user, parent: supervisor)
        let data = DataDirectory(settings.dataDirectory)
        try data.checkAccess(as: user)
        let hasLandlock = try Confinement.enforce(settings, data)
        LineLogHandler.bootstrap(level: settings.logLevel, format: settings.logFormat)
        if !hasLandlock {
            Logger(label: "codebox").warning(
                "this kernel has no Landlock; the server may open what its user may")
        }
        let ready = readyFd
        Main.runAsynchronously {
            let server = try Server(settings: settings, keys: keys, data: data)
            try await server.run { port in
                try PortFile.write(port, to: data.portFile)
                Readiness.tell(port, on: ready)
            }
        }
    }
}

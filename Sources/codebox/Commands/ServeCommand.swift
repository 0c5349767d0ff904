import ArgumentParser
import CodeBoxCLI
import CodeBoxCore
import Glibc

/// `codebox serve`. Synchronous: the supervisor stays single-threaded.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves the HTTP API and runs jobs.",
        discussion: """
            Starts two processes and keeps them going: the warden, which makes sandboxes and keeps \
            the privilege it was started with, and the server, which runs as --user without any. \
            SIGTERM or Ctrl-C lets running jobs finish first; a second one stops at once.

            Settings are taken from flags, then the environment (CODEBOX_PORT for --port), then \
            the configuration file; `codebox config` shows what is in force and why.

            Examples:
              codebox serve
              codebox serve --port 0 --data-dir /srv/codebox
              codebox serve --host 0.0.0.0 --api-keys-file /etc/codebox/keys
            """)

    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup(title: "Settings") var flags: SettingFlags<AllSettings>

    func run() throws {
        let settings = try configuration.settings(flags: flags.given())
        var supervisor = try Supervisor(settings)
        let status = try supervisor.run()
        Glibc.exit(status)
    }
}

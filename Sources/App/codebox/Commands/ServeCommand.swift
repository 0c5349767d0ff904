import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxSupervisor
import Glibc

/// `codebox serve`. Synchronous: the supervisor stays single-threaded.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the HTTP API and run jobs.",
        discussion: """
            This command starts two processes and restarts them if they end: the warden, which \
            makes sandboxes and keeps its privilege, and the server, which runs as --user without \
            privilege. SIGTERM or Ctrl-C lets running jobs finish; a second one stops at once.

            Flags override environment variables (CODEBOX_PORT for --port), and these override \
            the configuration file. `codebox config` shows the settings in force.

            Examples:
              codebox serve
              codebox serve --port 0 --data-dir /srv/codebox
              codebox serve --host 0.0.0.0 --api-keys-file /etc/codebox/keys
            """)

    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup(title: "Settings") var flags: SettingFlags<AllSettings>

    func run() throws {
        let settings = try configuration.settings(flags: flags.given())
        let output = SupervisorOutput(
            announce: { Console.line("codebox: listening on \($0)") },
            warn: { message in
                let line = LogLine(
                    time: Timestamp.now.rfc3339, level: "warning", label: "codebox.supervisor",
                    message: message, fields: [])
                Console.error(settings.logFormat == "json" ? line.json : line.text)
            })
        var supervisor = try Supervisor(settings, output: output)
        let status = try supervisor.run()
        Glibc.exit(status)
    }
}

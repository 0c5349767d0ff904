import ArgumentParser
import CodeBoxCore

/// The root command.
struct CodeBox: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codebox",
        abstract: "Run untrusted code, each program in its own sandbox.",
        discussion: """
            First steps:
              codebox doctor                          check that jobs can run safely here
              codebox runtime build python            build an image, once
              echo 'print(6 * 7)' | codebox run - --runtime python
              codebox serve                           serve the HTTP API on 127.0.0.1:8080

            Exit status: 0 success; 1 a check, test or job failed; 64 wrong command line; \
            65 refused (a job, file, limit or name); 69 server, warden or port unavailable; \
            70 CodeBox failed; 77 no permission; 78 wrong configuration. `codebox run` exits with \
            the program's status: see `codebox run --help`.

            Shell completion: codebox --generate-completion-script bash|zsh|fish
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, RunCommand.self, SubmitCommand.self, JobsCommand.self,
            RuntimeCommand.self, DoctorCommand.self, ConfigCommand.self,
            ServerCommand.self,
        ])
}

import ArgumentParser

/// `codebox runtime`.
struct RuntimeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runtime",
        abstract: "Make, build, test, try, measure and remove runtimes.",
        discussion: """
            A runtime is a folder with a manifest, in the folder that the setting runtimes_dir \
            names. Its image is in the data directory.

            Examples:
              codebox runtime build                   build every runtime that is not up to date
              codebox runtime build python --force
              codebox runtime test python
              codebox runtime new lua                 a folder to begin with
              codebox runtime shell python            a prompt in the image, in a sandbox
              codebox runtime remove 3f9c2ab14e07
            """,
        subcommands: [
            RuntimeListCommand.self, RuntimeNewCommand.self, RuntimeBuildCommand.self,
            RuntimeShowCommand.self, RuntimeTestCommand.self, RuntimeShellCommand.self,
            RuntimeBenchCommand.self, RuntimeRemoveCommand.self,
        ],
        defaultSubcommand: RuntimeListCommand.self)
}

import ArgumentParser

/// `codebox runtime`.
struct RuntimeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runtime",
        abstract: "Build, list, test and remove images of runtimes.",
        discussion: """
            A runtime is a folder with a manifest, by default in ./runtimes. Its image is in the \
            data directory.

            Examples:
              codebox runtime build                   build every runtime that is not up to date
              codebox runtime build python --force
              codebox runtime test python
              codebox runtime remove 3f9c2ab14e07
            """,
        subcommands: [
            RuntimeListCommand.self, RuntimeBuildCommand.self, RuntimeShowCommand.self,
            RuntimeTestCommand.self, RuntimeRemoveCommand.self,
        ],
        defaultSubcommand: RuntimeListCommand.self)
}

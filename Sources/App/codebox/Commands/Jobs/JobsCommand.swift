import ArgumentParser

/// `codebox jobs`.
struct JobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "Show and cancel a server's jobs.",
        discussion: """
            Examples:
              codebox jobs                            list the latest
              codebox jobs list --state running --label team=blue
              codebox jobs wait 0197c6c3-…            print the program's output
            """,
        subcommands: [
            JobsListCommand.self, JobsShowCommand.self, JobsWaitCommand.self,
            JobsCancelCommand.self,
        ],
        defaultSubcommand: JobsListCommand.self)
}

import ArgumentParser

/// `codebox jobs`.
struct JobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "Shows and cancels a server's jobs.",
        discussion: """
            Examples:
              codebox jobs                            the latest
              codebox jobs list --state running --label team=blue
              codebox jobs wait 0197c6c3-…            prints what the program printed
            """,
        subcommands: [
            JobsListCommand.self, JobsShowCommand.self, JobsWaitCommand.self,
            JobsCancelCommand.self,
        ],
        defaultSubcommand: JobsListCommand.self)
}

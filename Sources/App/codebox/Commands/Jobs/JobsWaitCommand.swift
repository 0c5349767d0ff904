import ArgumentParser
import CodeBoxConfiguration

/// `codebox jobs wait`.
struct JobsWaitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "Wait for a job and print its output.",
        discussion:
            "The exit status is 0 if the program exited with 0, else 1; 69 if the time ran out.")

    @OptionGroup var job: JobReference
    @OptionGroup(title: "Server") var server: ServerOptions
    @Option(help: ArgumentHelp("Give up after this time, e.g. 90s.", valueName: "time"))
    var timeout: TimeSpan?
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let body = try await server.client().waitForJob(job.id, seconds: timeout?.seconds)
        guard try JobView.decode(body).isFinished else {
            let id = TerminalText.escaped(job.id)
            Console.error("codebox: job \(id) has not finished yet")
            throw ExitStatus.unavailable
        }
        try JobPrinter.outcome(body, asJSON: json)
    }
}

extension TimeSpan: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }
}

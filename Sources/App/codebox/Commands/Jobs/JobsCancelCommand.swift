import ArgumentParser
import NIOHTTP1

/// `codebox jobs cancel`.
struct JobsCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel a job. A queued job never runs; a running job is killed at once.")

    @OptionGroup var job: JobReference
    @OptionGroup(title: "Server") var server: ServerOptions
    @Flag(help: "Print the job as JSON.") var json = false

    func run() async throws {
        let body = try await server.client().send(.DELETE, "/v1/jobs/\(job.id)").body
        if json {
            JobPrinter.json(body)
        } else {
            let job = try JobView.decode(body)
            let end = job.isFinished ? job.ending : "is being canceled"
            Console.line(TerminalText.escaped("\(job.id) \(end)"))
        }
    }
}

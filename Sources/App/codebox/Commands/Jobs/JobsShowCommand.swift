import ArgumentParser
import NIOHTTP1

/// `codebox jobs show`.
struct JobsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a job with its output.")

    @OptionGroup var job: JobReference
    @OptionGroup(title: "Server") var server: ServerOptions
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let body = try await server.client().send(.GET, "/v1/jobs/\(job.id)").body
        if json { JobPrinter.json(body) } else { JobPrinter.details(try JobView.decode(body)) }
    }
}

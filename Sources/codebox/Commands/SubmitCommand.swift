import ArgumentParser
import CodeBoxCLI
import CodeBoxCore
import Foundation
import NIOHTTP1
import Glibc

/// `codebox submit`.
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Gives a job to a server.",
        discussion: """
            Prints the job's id, or with --wait what the program printed; the status is then 0 if \
            it exited with 0, else 1.

            Examples:
              codebox submit main.py --runtime python
              codebox submit main.js -r node --wait --limit wall=5s -- first second
              codebox submit - -r bash --label team=blue < script.sh
            """)

    @OptionGroup var job: JobOptions
    @OptionGroup(title: "Server") var server: ServerOptions
    @Option(
        name: .customLong("label"),
        help: ArgumentHelp("Label to find the job by; may be repeated.", valueName: "name=value"))
    var labels: [String] = []
    @Flag(name: .customLong("at-most-once"), help: "Never run it a second time after a crash.")
    var isAtMostOnce = false
    @Flag(
        name: .customLong("own-interpreter"),
        help: "Start an interpreter for it instead of forking a warm one.")
    var hasOwnInterpreter = false
    @Flag(help: "Wait until it has finished.") var wait = false
    @Flag(help: "Print the job as JSON.") var json = false

    func run() async throws {
        var spec = try job.spec()
        spec.labels = NamedValue.dictionary(try labels.map { try NamedValue($0) })
        spec.atMostOnce = isAtMostOnce
        spec.mayFork = !hasOwnInterpreter
        let client = try server.client()
        let body = try JSONEncoder().encode(JobRequest(spec))
        let answer = try await client.send(.POST, "/v1/jobs", body: body)
        let accepted = try JobView.decode(answer.body)
        guard wait else {
            if json { JobPrinter.json(answer.body) } else { Console.line(accepted.id) }
            return
        }
        let finished = try await client.waitForJob(accepted.id)
        try JobPrinter.outcome(finished, asJSON: json)
    }
}

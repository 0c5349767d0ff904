import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import Foundation
import Glibc
import NIOHTTP1

/// `codebox submit`.
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Submit a job to a server.",
        discussion: """
            Prints the job's id. With --wait, prints the program's output instead, and the exit \
            status is 0 if the program exited with 0, else 1.

            Examples:
              codebox submit main.py --runtime python
              codebox submit main.js -r node --wait --limit wall=5s -- first second
              codebox submit - -r bash --label team=blue < script.sh
            """)

    @OptionGroup var job: JobOptions
    @OptionGroup(title: "Server") var server: ServerOptions
    @Option(
        name: .customLong("label"),
        help: ArgumentHelp(
            "Label by which the job can be found; may be repeated.", valueName: "name=value"))
    var labels: [String] = []
    @Flag(name: .customLong("at-most-once"), help: "Never run the job a second time after a crash.")
    var isAtMostOnce = false
    @Flag(
        name: .customLong("own-interpreter"),
        help: "Start an interpreter for the job instead of forking a warm one.")
    var hasOwnInterpreter = false
    @Flag(help: "Wait until the job has finished.") var wait = false
    @Flag(help: "Print the job as JSON.") var json = false

    func run() async throws {
        var spec = try job.spec { _, _ throws(CodeBoxError) in
            throw CodeBoxError(
                .invalidRequest, "name the runtime with --runtime; `submit` does not guess it",
                field: "runtime")
        }
        spec.labels = NamedValue.dictionary(try labels.map { try NamedValue($0) })
        spec.atMostOnce = isAtMostOnce
        spec.mayFork = !hasOwnInterpreter
        let client = try server.client()
        let body = try JSONEncoder().encode(JobRequest(spec))
        let answer = try await client.send(.POST, "/v1/jobs", body: body)
        let accepted = try JobView.decode(answer.body)
        guard wait else {
            if json {
                JobPrinter.json(answer.body)
            } else {
                Console.line(TerminalText.escaped(accepted.id))
            }
            return
        }
        let finished = try await client.waitForJob(accepted.id)
        try JobPrinter.outcome(finished, asJSON: json)
    }
}

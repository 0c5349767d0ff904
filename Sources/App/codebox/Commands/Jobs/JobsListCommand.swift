import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import Foundation
import NIOHTTP1

/// `codebox jobs list`.
struct JobsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List jobs, newest first.")

    @OptionGroup(title: "Server") var server: ServerOptions
    @Option(help: "Only jobs in this state: queued, running or finished.") var state: String?
    @Option(name: .shortAndLong, help: "Only jobs of this runtime.") var runtime: String?
    @Option(
        name: .customLong("label"),
        help: ArgumentHelp("Only jobs with this label; may be repeated.", valueName: "name=value"))
    var labels: [String] = []
    @Option(help: "Number of jobs to list.") var count = 20
    @Flag(help: "Print the server's JSON, one page per line.") var json = false

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count must be at least 1") }
    }

    func run() async throws {
        let client = try server.client()
        var query = URLComponents()
        query.queryItems = try filters()
        var table = TextTable(["ID", "RUNTIME", "STATE", "ENDED", "CREATED", "RUN"])
        var left = count
        var cursor: String?
        repeat {
            var page = query
            page.queryItems?.append(URLQueryItem(name: "limit", value: "\(min(left, 200))"))
            if let cursor { page.queryItems?.append(URLQueryItem(name: "cursor", value: cursor)) }
            let body = try await client.send(.GET, "/v1/jobs?" + Self.encoded(page)).body
            let jobs = try JobView.decoder.decode(JobPageView.self, from: body)
            if json { JobPrinter.json(body) }
            for job in jobs.jobs { table.add(Self.row(job)) }
            left -= jobs.jobs.count
            cursor = jobs.jobs.isEmpty ? nil : jobs.nextCursor
        } while left > 0 && cursor != nil
        if !json { Console.lines(table.escaped().lines()) }
    }

    private func filters() throws -> [URLQueryItem] {
        var items: [URLQueryItem] = []
        if let state { items.append(URLQueryItem(name: "state", value: state)) }
        if let runtime { items.append(URLQueryItem(name: "runtime", value: runtime)) }
        for text in labels {
            let label = try NamedValue(text)
            items.append(URLQueryItem(name: "label", value: "\(label.name):\(label.value)"))
        }
        return items
    }

    /// A `+` means a space to the server, which Foundation leaves as it is.
    private static func encoded(_ query: URLComponents) -> String {
        (query.percentEncodedQuery ?? "").replacingOccurrences(of: "+", with: "%2B")
    }

    private static func row(_ job: JobView) -> [String] {
        let time = job.createdAt.prefix(19).map { $0 == "T" ? " " : String($0) }.joined()
        let run = job.timings.map { "\(TimeSpan(microseconds: $0.runUs))" } ?? ""
        let ended = job.isFinished ? job.ending : ""
        return [job.id, job.runtime.name, job.state, ended, time, run]
    }
}

import ArgumentParser
import CodeBoxCore

/// `codebox doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check that jobs can run safely here, and say what to do if not.",
        discussion: """
            Run this command as the user that runs `codebox serve`. The exit status is 0 if jobs \
            can run safely, else 1.
            """)

    @OptionGroup var data: DataOptions
    @Flag(help: "Print JSON.") var json = false

    private struct Document: Encodable {
        var healthy: Bool
        var checks: [CheckResult]
    }

    func run() async throws {
        try show(CheckReport(await Doctor(settings: try data.settings()).examine()))
    }

    /// Reports the one thing that can be found out without threads.
    func runWithoutThreads() throws {
        try show(CheckReport([KernelCheck.withoutThreads]))
    }

    private func show(_ report: CheckReport) throws {
        if json {
            try JSONOutput.print(Document(healthy: report.isHealthy, checks: report.results))
        } else {
            Console.lines(report.lines(Console.outputStyle))
        }
        if !report.isHealthy { throw ExitStatus.failure }
    }
}

import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxRuntimes

/// `codebox runtime bench`.
struct RuntimeBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure how long a runtime's small program takes, and what its imports cost.",
        discussion: """
            Runs the first case of the runtime's tests that reads no input, usually hello world: \
            bare (the interpreter in a chroot of the image, with the program's folder mounted, and \
            no limits), in a new sandbox with a new interpreter, in a new sandbox with a forked \
            one, and in a sandbox that was waiting. Times are from the request for the run to its \
            whole output, without a server and HTTP. "Bare" is outside a sandbox: measure only \
            runtimes that you trust.

            Then it measures the imports of the modules that the zygote has imported ahead: in a \
            new interpreter, and in a forked one.
            """)

    @Argument(help: "Name of a runtime that is built.") var name: String
    @Option(help: ArgumentHelp("Runs in each way.", valueName: "count")) var runs = 100
    @Option(
        name: .customLong("case"),
        help: ArgumentHelp("Name of the test case to run instead of the first.", valueName: "name"))
    var testCase: String?
    @OptionGroup var data: DataOptions
    @Flag(help: "Print JSON; times are in microseconds.") var json = false

    /// An import's time varies less than a process's.
    private static let importRuns = 10

    func validate() throws {
        guard (1...100_000).contains(runs) else {
            throw ValidationError("--runs must be between 1 and 100000")
        }
    }

    func run() async throws {
        let settings = try data.settings()
        let folder = try RuntimeSelection.folders([name], in: settings.runtimesDirectory)[0]
        let runtime = try ImageStore(dataDirectory: settings.dataDirectory).installed(name)
        let test = try chosen(from: RuntimeTestSuite(folder).cases)
        let benchmark = try RuntimeBenchmark(test, of: runtime, settings: settings)
        let report: RuntimeBenchReport
        do {
            let ways = try await benchmark.run(runs)
            var imports: (ImportCosts, [ImportCosts.Cost])?
            if let costs = ImportCosts(runtime.manifest) {
                imports = (
                    costs, try await costs.measure(min(runs, Self.importRuns), in: benchmark)
                )
            }
            report = RuntimeBenchReport(
                runtime: name, test: test.name, ways: ways, imports: imports)
        } catch {
            await benchmark.shutdown()
            throw error
        }
        await benchmark.shutdown()
        if json { try JSONOutput.print(report) } else { Console.lines(report.lines()) }
    }

    private func chosen(from cases: [RuntimeTestCase]) throws(CodeBoxError) -> RuntimeTestCase {
        let fitting = cases.filter { $0.spec.stdin.isEmpty && $0.expectation.outcome == .exited }
        if let testCase {
            guard let test = fitting.first(where: { $0.name == testCase }) else {
                throw CodeBoxError(
                    .invalidRequest,
                    "--case: '\(name)' has no test '\(testCase)' that exits and reads no input")
            }
            return test
        }
        guard let test = fitting.first else {
            throw CodeBoxError(
                .invalidRequest,
                "'\(name)' has no test that exits and reads no input; add one to its "
                    + "tests/cases.yaml")
        }
        return test
    }
}

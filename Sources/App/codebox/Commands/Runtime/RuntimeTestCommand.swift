import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxSeccomp
import CodeBoxWarden

/// `codebox runtime test`.
struct RuntimeTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the test snippets of runtimes in the sandbox.",
        discussion: "The exit status is 0 if all tests passed, else 1.")

    @Argument(
        help: ArgumentHelp(
            "Runtimes to test; without names, all that are built.", valueName: "name"))
    var names: [String] = []
    @OptionGroup var data: DataOptions
    @Flag(help: "Print JSON.") var json = false
    @Flag(
        help: ArgumentHelp(
            "List the system calls that the sandbox refused to each test, and what in the policy "
                + "would allow each."))
    var explain = false

    @Option(
        help: ArgumentHelp(
            "Write the results also to this file, in the XML form of JUnit.", valueName: "file"))
    var junit: String?

    func run() async throws {
        let settings = try data.settings()
        var folders = try RuntimeSelection.folders(names, in: settings.runtimesDirectory)
        let store = ImageStore(dataDirectory: settings.dataDirectory)
        if names.isEmpty {
            folders = folders.filter { store.current($0.manifest.name) != nil }
        }
        guard !folders.isEmpty else {
            throw CodeBoxError(
                .runtimeNotBuilt, "no runtime is built; run: codebox runtime build")
        }
        let sandbox = try LocalSandbox(settings: settings, tellsRefusals: explain)
        var rows: [RuntimeTestRow] = []
        for folder in folders {
            rows.append(Self.check(folder.manifest.name, in: store))
            for test in try RuntimeTestSuite(folder).cases {
                rows.append(await Self.run(test, of: folder.manifest.name, in: sandbox))
            }
        }
        await sandbox.shutdown()
        if let junit {
            try LocalFile.write(Array(JUnitReport(rows).text.utf8), to: junit)
        }
        if json {
            try JSONOutput.print(rows)
        } else {
            Self.show(rows, advice: explain ? PolicyAdvice(try .standard()) : nil)
        }
        if rows.contains(where: { !$0.passed }) { throw ExitStatus.failure }
    }

    /// Checks that the runtime's current image holds what its manifest names.
    private static func check(_ runtime: String, in store: ImageStore) -> RuntimeTestRow {
        let test = "the image holds what its manifest names"
        do throws(CodeBoxError) {
            let image = try store.installed(runtime)
            let faults = ManifestCheck(image.manifest, rootfs: image.rootfs).faults()
            return RuntimeTestRow(runtime: runtime, test: test, differences: faults, runUs: nil)
        } catch {
            return RuntimeTestRow(
                runtime: runtime, test: test, differences: [error.description], runUs: nil)
        }
    }

    private static func run(
        _ test: RuntimeTestCase, of runtime: String, in sandbox: LocalSandbox
    ) async -> RuntimeTestRow {
        do throws(CodeBoxError) {
            let job = try await sandbox.run(test.spec)
            let differences = job.result.map(test.differences) ?? ["it has no result"]
            var row = RuntimeTestRow(
                runtime: runtime, test: test.name, differences: differences,
                runUs: job.result?.timings.runUs)
            row.deniedSyscalls = job.result?.deniedSyscalls
            return row
        } catch {
            return RuntimeTestRow(
                runtime: runtime, test: test.name, differences: [error.description], isError: true)
        }
    }

    private static func show(_ rows: [RuntimeTestRow], advice: PolicyAdvice?) {
        let style = Console.outputStyle
        var table = TextTable(["RUNTIME", "TEST", "RESULT", "TIME"])
        for row in rows {
            let result = row.passed ? style.paint("passed", .green) : style.paint("failed", .red)
            let time = row.runUs.map { "\(TimeSpan(microseconds: $0))" } ?? "-"
            table.add([row.runtime, row.test, result, time])
        }
        Console.lines(table.lines())
        let failed = rows.filter { !$0.passed }
        for row in rows where !row.passed || row.deniedSyscalls?.isEmpty == false {
            Console.line("")
            Console.line(style.paint("\(row.runtime): \(row.test)", .bold))
            Console.lines(row.differences.map { "  \($0)" })
            if let advice, let denied = row.deniedSyscalls {
                Console.lines(RefusalExplanation(denied: denied, advice: advice).lines)
            }
        }
        Console.line("")
        Console.line("\(rows.count - failed.count) of \(rows.count) passed")
    }
}

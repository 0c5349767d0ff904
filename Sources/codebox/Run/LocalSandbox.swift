import CodeBoxCLI
import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxSandbox
import CodeBoxWorker
import Logging

/// Sandboxes without a server: a warden of this command's own.
struct LocalSandbox: Sendable {
    private let client: WardenClient
    private let runner: JobRunner

    init(settings: Settings) throws(CodeBoxError) {
        let data = DataDirectory(settings.dataDirectory)
        let arguments =
            [
                "--socket-fd", "3", "--lifeline-fd", "4", "--images", data.imagesDirectory,
                "--init", try Executable.initPath(),
            ] + settings.wardenBounds
        var logger = Logger(label: "codebox")
        // What goes wrong is told by the error of the run it concerns.
        logger.logLevel = .critical
        client = try WardenClient.spawn(
            executable: try Executable.path(), arguments: arguments, logger: logger)
        runner = JobRunner(
            runner: client,
            catalog: RuntimeCatalog(
                dataDirectory: data.path, runtimesDirectory: settings.runtimesDirectory),
            policy: LimitsPolicy(ceiling: settings.ceiling))
    }

    /// Runs a job and says how it went, as the server would. Canceling the task kills the program.
    func run(
        _ spec: JobSpec, onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)? = nil
    ) async throws(CodeBoxError) -> Job {
        try await runner.run(spec, onOutput: onOutput)
    }

    /// Ends the warden; every sandbox is gone afterwards.
    func shutdown() async {
        await client.shutdown()
    }
}

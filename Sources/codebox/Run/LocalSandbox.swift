import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxSandbox
import CodeBoxSupervisor
import CodeBoxWorker
import Logging

/// Sandboxes without a server: this command starts its own warden.
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
        // The error of a run reports what went wrong.
        logger.logLevel = .critical
        client = try WardenClient.spawn(
            executable: try Executable.path(), arguments: arguments, logger: logger)
        runner = JobRunner(
            runner: client,
            catalog: RuntimeCatalog(
                dataDirectory: data.path, runtimesDirectory: settings.runtimesDirectory),
            policy: LimitsPolicy(ceiling: settings.ceiling))
    }

    /// Runs a job and returns it with its result, as the server would. Canceling the task kills the
    /// program.
    func run(
        _ spec: JobSpec, onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)? = nil
    ) async throws(CodeBoxError) -> Job {
        try await runner.run(spec, onOutput: onOutput)
    }

    /// Ends the warden and with it every sandbox.
    func shutdown() async {
        await client.shutdown()
    }
}

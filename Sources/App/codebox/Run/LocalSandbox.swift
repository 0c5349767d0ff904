import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxSandbox
import CodeBoxSandboxClient
import CodeBoxSupervisor
import CodeBoxSystem
import CodeBoxWarden
import CodeBoxWorker
import Logging

/// Sandboxes without a server: this command starts its own warden.
struct LocalSandbox: Sendable {
    private let client: WardenClient
    private let runner: JobRunner

    init(settings: Settings) throws(CodeBoxError) {
        let data = DataDirectory(settings.dataDirectory)
        let warden = WardenLaunch(
            try Executable.wardenPath(),
            WardenOptions(
                socketFD: 3, lifelineFD: 4, imagesDirectory: data.imagesDirectory,
                initPath: try Executable.initPath(), bounds: settings.wardenBounds),
            owners: TrustedPath.ownersOfCommands)
        var logger = Logger(label: "codebox")
        // The error of a run reports what went wrong.
        logger.logLevel = .critical
        client = try WardenClient.spawn(logger: logger) { descriptors throws(CodeBoxError) in
            try warden.start(descriptors: descriptors)
        }
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

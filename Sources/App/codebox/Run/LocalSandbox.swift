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
    /// The warden's pid.
    let warden: CInt

    /// - Parameter policy: of waiting sandboxes and zygotes; only runs that are pooled have any.
    /// - Parameter tellsRefusals: as if the setting `denied_syscalls` were on.
    init(
        settings: Settings, policy: WarmPoolPolicy = WardenClient.nothingWarm,
        tellsRefusals: Bool = false
    ) throws(CodeBoxError) {
        let data = DataDirectory(settings.dataDirectory)
        let launch = WardenLaunch(
            try Executable.wardenPath(),
            WardenOptions(
                socketFD: 3, lifelineFD: 4, imagesDirectory: data.imagesDirectory,
                initPath: try Executable.initPath(), bounds: settings.wardenBounds,
                tellsRefusals: tellsRefusals || settings.tellsRefusals),
            owners: TrustedPath.ownersOfCommands)
        var logger = Logger(label: "codebox")
        // The error of a run reports what went wrong.
        logger.logLevel = .critical
        var pid: CInt = 0
        client = try WardenClient.spawn(policy: policy, logger: logger) {
            descriptors, output throws(CodeBoxError) in
            pid = try launch.start(descriptors: descriptors, output: output)
            return pid
        }
        warden = pid
        runner = JobRunner(
            runner: client,
            catalog: RuntimeCatalog(
                dataDirectory: data.path, runtimesDirectory: settings.runtimesDirectory),
            policy: LimitsPolicy(ceiling: settings.ceiling))
    }

    /// Runs a job and returns it with its result, as the server would. Canceling the task kills the
    /// program.
    func run(
        _ spec: JobSpec, _ options: JobRunner.Options = JobRunner.Options(),
        onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)? = nil
    ) async throws(CodeBoxError) -> Job {
        try await runner.run(spec, options, onOutput: onOutput)
    }

    /// Keeps a zygote and sandboxes waiting for jobs like this one.
    func keepWarm(for spec: JobSpec) throws(CodeBoxError) {
        try runner.keepWarm(for: spec)
    }

    /// The pools as they are now.
    func pools() async -> [WarmPoolStatistics.Pool] {
        await runner.statistics().pools
    }

    /// Ends the warden and with it every sandbox.
    func shutdown() async {
        await client.shutdown()
    }
}

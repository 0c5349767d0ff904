import CodeBoxCLI
import CodeBoxCore
import CodeBoxHTTP
import CodeBoxRuntimes
import CodeBoxSQLite
import CodeBoxSandbox
import CodeBoxWorker
import Glibc
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import UnixSignals

/// The server's process: store, engine and API, put together.
struct Server {
    private let settings: Settings
    private let store: SQLiteJobStore
    private let warden: WardenClient
    private let engine: JobEngine
    private let api: CodeBoxAPI
    private let logger: Logger

    /// Past the engine's own grace period: connections that will not close.
    private static let patienceSeconds = 8.0

    /// - Parameter keys: those that clients must show.
    init(settings: Settings, keys: APIKeys, data: DataDirectory) throws(CodeBoxError) {
        self.settings = settings
        logger = Logger(label: "codebox")
        store = try SQLiteJobStore(path: data.database)
        warden = try WardenClient.connect(
            path: data.wardenSocket, policy: Self.poolPolicy(settings), logger: logger)
        engine = JobEngine(
            store: store, runner: warden,
            catalog: RuntimeCatalog(
                dataDirectory: data.path, runtimesDirectory: settings.runtimesDirectory),
            policy: LimitsPolicy(ceiling: settings.ceiling),
            zygotes: ZygoteRule(
                isOn: settings.zygotes, exceptions: Set(settings.zygotesOff)),
            options: Self.engineOptions(settings),
            logger: logger)
        api = try CodeBoxAPI(
            runs: engine.runs, jobs: engine.jobs, status: engine.status,
            options: APIOptions(
                host: settings.host, port: settings.port, keys: keys,
                maximumBodyBytes: settings.maximumBodyBytes,
                maximumWaitSeconds: settings.maximumWaitSeconds, version: Version.text),
            logger: logger)
    }

    /// Processors to one thread that serves connections: sandboxes keep the others busy long before
    /// it is.
    private static let processorsToLoop = 4

    /// Serves until SIGTERM or SIGINT, then lets running jobs finish.
    ///
    /// The engine has its tasks on a connection loop's thread, as the requests have theirs: on a
    /// small machine that is the same one, and a stored job changes threads for its store alone.
    /// - Parameter onListening: told the port once it is bound.
    func run(onListening: @escaping @Sendable (Int) throws -> Void) async throws {
        NIOSingletons.groupLoopCountSuggestion = max(
            1, HostFacts.current.processors / Self.processorsToLoop)
        try await LoopExecutor.run(on: NIOSingletons.posixEventLoopGroup.next()) {
            try await serve(onListening: onListening)
        }
    }

    private func serve(onListening: @escaping @Sendable (Int) throws -> Void) async throws {
        let logger = logger
        let application = api.application { port in
            do {
                try onListening(port)
            } catch {
                logger.error("can't announce the port", metadata: ["error": "\(error)"])
            }
        }
        // Groups shut down in reverse: the API answers until the last job's client has its answer.
        var configuration = ServiceGroupConfiguration(
            services: [application, engine], gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger)
        configuration.maximumGracefulShutdownDuration =
            .seconds(settings.shutdownGraceSeconds + Self.patienceSeconds)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as IOError {
            await warden.shutdown()
            throw cannotListen(error)
        }
        await warden.shutdown()
        try? store.close()
    }

    private static func poolPolicy(_ settings: Settings) -> WarmPoolPolicy {
        WarmPoolPolicy(
            minimum: settings.warmPoolMinimum, maximum: settings.warmPoolMaximum,
            memoryBytes: settings.warmPoolMemoryBytes,
            maximumAgeSeconds: settings.warmPoolMaximumAgeSeconds,
            shrinkAfterSeconds: settings.warmPoolShrinkAfterSeconds,
            zygoteForks: settings.zygoteForks, zygoteSeconds: settings.zygoteSeconds)
    }

    private static func engineOptions(_ settings: Settings) -> JobEngine.Options {
        JobEngine.Options(
            // One server at a time works on this store, so every start takes over its leases.
            workerName: "server", slots: settings.slots, maximumQueued: settings.maximumQueued,
            maximumAttempts: settings.maximumAttempts, leaseSeconds: settings.leaseSeconds,
            retentionSeconds: settings.retentionSeconds,
            graceSeconds: settings.shutdownGraceSeconds)
    }

    private func cannotListen(_ error: IOError) -> CodeBoxError {
        let place = Address.text(settings.host, settings.port)
        switch error.errnoCode {
        case EADDRINUSE:
            return CodeBoxError(
                .configurationInvalid,
                "can't listen on \(place): something else does; stop it or choose another --port")
        case EACCES:
            return CodeBoxError(
                .configurationInvalid,
                "user \(settings.user) may not listen on \(place); choose a --port above 1023, or "
                    + "lower net.ipv4.ip_unprivileged_port_start")
        default:
            return CodeBoxError(
                .configurationInvalid, "can't listen on \(place)", cause: "\(error)")
        }
    }
}

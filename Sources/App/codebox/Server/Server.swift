import CodeBoxAPI
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxHTTP
import CodeBoxRuntimes
import CodeBoxSQLite
import CodeBoxSandbox
import CodeBoxSupervisor
import CodeBoxWorker
import CodeBoxSandboxClient
import Glibc
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import UnixSignals

/// Composes the server: store, engine and API.
struct Server {
    private let settings: Settings
    private let store: SQLiteJobStore
    private let warden: WardenClient
    private let engine: JobEngine
    private let api: APIServer
    /// Nil without TLS.
    private let identity: TLSIdentity?
    private let logger: Logger

    /// Time for connections to close after the engine's grace period.
    private static let patienceSeconds = 8.0

    /// - Parameter keys: the keys that clients may present.
    init(settings: Settings, keys: APIKeys, data: DataDirectory) throws(CodeBoxError) {
        self.settings = settings
        logger = Logger(label: "codebox")
        store = try SQLiteJobStore(path: data.database)
        warden = try WardenClient.connect(
            path: data.wardenSocket, policy: settings.pool, logger: logger)
        engine = JobEngine(
            store: store, runner: warden,
            catalog: RuntimeCatalog(
                dataDirectory: data.path, runtimesDirectory: settings.runtimesDirectory),
            policy: LimitsPolicy(ceiling: settings.ceiling),
            zygotes: ZygoteRule(
                isOn: settings.forksJobs, exceptions: Set(settings.zygotesOff)),
            options: settings.engine,
            logger: logger)
        identity = try settings.tlsFiles.map { files throws(CodeBoxError) in
            try TLSIdentity(files)
        }
        var options = APIOptions(
            host: settings.host, port: settings.port, keys: keys,
            maximumBodyBytes: settings.maximumBodyBytes,
            maximumWaitSeconds: settings.maximumWaitSeconds,
            connections: ConnectionBounds(
                maximum: settings.maximumConnections,
                maximumPerAddress: settings.maximumConnectionsPerAddress),
            requestMemoryBytes: settings.requestMemoryBytes, version: Version.text)
        options.identity = identity
        api = try APIServer(
            runs: engine.runs, jobs: engine.jobs, status: engine.status, options: options,
            logger: logger)
    }

    /// Processors for each thread that serves connections: sandboxes keep all others busy long
    /// before one such thread is busy.
    private static let processorsToLoop = 4

    /// Serves until SIGTERM or SIGINT, then lets running jobs finish.
    ///
    /// The engine's tasks run on the thread of a connection loop, as requests do. On a small
    /// machine that is the same thread, and a stored job changes threads only for its store.
    /// - Parameter onListening: called with the port once it is bound.
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
        // A group shuts down in reverse order: the API answers until the last job's client has its
        // result.
        var services: [any Service] = [application, engine]
        if let identity { services.append(TLSReloading(identity, logger: logger)) }
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint],
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

    private func cannotListen(_ error: IOError) -> CodeBoxError {
        let place = Address.text(settings.host, settings.port)
        switch error.errnoCode {
        case EADDRINUSE:
            return CodeBoxError(
                .configurationInvalid,
                "can't listen on \(place): another process does; stop it or choose another --port")
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

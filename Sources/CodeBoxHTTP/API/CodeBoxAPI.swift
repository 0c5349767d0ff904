package import CodeBoxCore
package import CodeBoxWorker
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// The HTTP API: JSON over HTTP/1.1 in front of the worker's services.
package struct CodeBoxAPI: Sendable {
    private let options: APIOptions
    private let logger: Logger
    private let connections = ConnectionRegistry()
    private let access: AccessMiddleware
    private let jobs: JobRoutes
    private let own: ServiceRoutes

    /// - Throws: `configurationInvalid` for a host that may not be served without API keys.
    package init(
        runs: any RunService, jobs: any JobService, status: any StatusService, options: APIOptions,
        logger: Logger
    ) throws(CodeBoxError) {
        try LoopbackRule.checkBind(host: options.host, keys: options.keys)
        self.options = options
        self.logger = logger
        access = AccessMiddleware(keys: options.keys)
        self.jobs = JobRoutes(runs: runs, jobs: jobs, options: options, connections: connections)
        own = ServiceRoutes(
            status: status, access: access, connections: connections, version: options.version)
    }

    /// Connections open now.
    package var connectionCount: Int { connections.count }

    /// A service that listens until it is shut down gracefully, then lets requests finish.
    /// - Parameter onListening: told the port once it is bound.
    package func application(onListening: @escaping @Sendable (Int) async -> Void = { _ in })
        -> Application<RouterResponder<APIContext>>
    {
        let connection = connectionConfiguration()
        return Application(
            router: router(),
            server: HTTPServerBuilder { responder in
                LoopChannel(base: HTTP1Channel(responder: responder, configuration: connection))
            },
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    options.maximumConnections, logger: logger)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { await onListening(port) }
            },
            logger: logger)
    }

    private func connectionConfiguration() -> HTTP1Channel.Configuration {
        let timeout = TimeAmount.seconds(Int64(options.receiveTimeoutSeconds))
        return .init(
            additionalChannelHandlers: [
                ConnectionGuard(
                    registry: connections, maximumBodyBytes: options.maximumBodyBytes,
                    timeout: timeout)
            ],
            // Later than the guard's, which answers where this one only closes.
            idleTimeout: timeout + .seconds(1),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)
        )
    }

    package func router() -> Router<APIContext> {
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            ProblemMiddleware()
            access
        }
        for route in APIRoute.allCases {
            let path = RouterPath(route.path)
            switch route {
            case .submitJob: router.on(path, method: route.method, use: jobs.submit)
            case .listJobs: router.on(path, method: route.method, use: jobs.list)
            case .showJob: router.on(path, method: route.method, use: jobs.show)
            case .cancelJob: router.on(path, method: route.method, use: jobs.cancel)
            case .run: router.on(path, method: route.method, use: jobs.run)
            case .batch:
                router.on(path, method: route.method, use: BatchRoute(jobs: jobs).run)
            case .metrics: router.on(path, method: route.method, use: own.metrics)
            case .runtimes: router.on(path, method: route.method, use: own.runtimes)
            case .health: router.on(path, method: route.method, use: own.health)
            case .readiness: router.on(path, method: route.method, use: own.readiness)
            case .openAPI: router.on(path, method: route.method, use: own.openAPI)
            }
        }
        return router
    }
}

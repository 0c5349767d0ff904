package import CodeBoxCore
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// Serves routes over HTTP/1.1.
package struct HTTPTransport: Sendable {
    package let routes: [Route]
    private let options: APIOptions
    private let connections: ConnectionRegistry
    private let budget: RequestBudget
    private let logger: Logger

    /// - Parameter connections: the registry that the routes also use.
    /// - Throws: `configurationInvalid` for a host that may not be served without API keys.
    package init(
        routes: [Route], connections: ConnectionRegistry, options: APIOptions, logger: Logger
    ) throws(CodeBoxError) {
        try LoopbackRule.checkBind(host: options.host, keys: options.keys)
        self.routes = routes
        self.connections = connections
        budget = RequestBudget(options.requestMemoryBytes)
        self.options = options
        self.logger = logger
    }

    /// Makes a service that listens until it is shut down gracefully; it then lets requests finish.
    /// - Parameter onListening: called with the port once it is bound.
    package func application(onListening: @escaping @Sendable (Int) async -> Void = { _ in })
        -> Application<RouterResponder<APIContext>>
    {
        let connection = connectionConfiguration()
        let direct = directOptions()
        return Application(
            router: router(),
            server: HTTPServerBuilder { responder in
                LoopChannel(
                    base: HTTP1Channel(responder: responder, configuration: connection),
                    identity: options.identity, direct: direct)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), backlog: 1024,
                availableConnectionsDelegate: ConnectionLimit(options.connections.maximum)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { await onListening(port) }
            },
            logger: logger)
    }

    private func connectionConfiguration() -> HTTP1Channel.Configuration {
        let timeout = TimeAmount.seconds(Int64(options.receiveTimeoutSeconds))
        let guards = ConnectionGuard.Options(
            registry: connections, budget: budget, maximumBodyBytes: options.maximumBodyBytes,
            timeout: timeout,
            firstRequestTimeout: .seconds(Int64(options.firstRequestTimeoutSeconds)))
        return .init(
            additionalChannelHandlers: [ConnectionGuard(guards)],
            // Later than the guard's timeout, because the guard answers and this one only closes.
            idleTimeout: timeout + .seconds(1),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)
        )
    }

    /// Nil while debug lines are on, which only Hummingbird's way writes.
    private func directOptions() -> DirectHandler.Options? {
        guard logger.logLevel > .debug, let route = routes.lazy.compactMap(\.direct).first else {
            return nil
        }
        return DirectHandler.Options(
            route: route, access: AccessRule(keys: options.keys), connections: connections,
            logger: logger)
    }

    private func router() -> Router<APIContext> {
        let table = RouteTable(routes)
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            ProblemMiddleware(table: table)
            AccessMiddleware(
                rule: AccessRule(keys: options.keys), table: table,
                failures: FailedKeys(connections, pauseMs: options.wrongKeyPauseMs))
        }
        table.register(on: router)
        return router
    }
}

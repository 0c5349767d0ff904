package import CodeBoxCore
package import CodeBoxHTTP
package import CodeBoxWorker
package import Hummingbird
package import Logging

/// The HTTP API: JSON over HTTP/1.1 in front of the worker's services.
package struct APIServer: Sendable {
    private let transport: HTTPTransport
    private let connections: ConnectionRegistry

    /// - Throws: `configurationInvalid` for a host that may not be served without API keys.
    package init(
        runs: any RunService, jobs: any JobService, status: any StatusService, options: APIOptions,
        logger: Logger
    ) throws(CodeBoxError) {
        let connections = ConnectionRegistry(options.connections)
        self.connections = connections
        let body = JSONBody(maximumBytes: options.maximumBodyBytes)
        let resources: [[Route]] = [
            JobRoutes(
                jobs: jobs, body: body, connections: connections,
                maximumWaitSeconds: options.maximumWaitSeconds
            ).routes,
            RunRoutes(runs: runs, body: body, connections: connections).routes,
            BatchRoutes(runs: runs, body: body, connections: connections).routes,
            RuntimeRoutes(status: status).routes,
            HealthRoutes(status: status, version: options.version).routes,
            MetricsRoutes(status: status, connections: connections, version: options.version)
                .routes,
            OpenAPIRoutes().routes,
        ]
        transport = try HTTPTransport(
            routes: Array(resources.joined()), connections: connections, options: options,
            logger: logger)
    }

    /// All routes, in the order of their resources.
    package var routes: [Route] { transport.routes }

    /// How many connections are open.
    package var connectionCount: Int { connections.count }

    /// Makes a service that listens until it is shut down gracefully; it then lets requests finish.
    /// - Parameter onListening: called with the port once it is bound.
    package func application(onListening: @escaping @Sendable (Int) async -> Void = { _ in })
        -> Application<RouterResponder<APIContext>>
    {
        transport.application(onListening: onListening)
    }
}

import CodeBoxCore
import CodeBoxHTTP
import CodeBoxWorker
import HTTPTypes
import Hummingbird
import NIOCore

/// Numbers for Prometheus: `/metrics`. They tell what clients do, so the route needs a key.
struct MetricsRoutes: Sendable {
    let status: any StatusService
    let connections: ConnectionRegistry
    let version: String
    private let startedAt = Timestamp.now

    init(status: any StatusService, connections: ConnectionRegistry, version: String) {
        self.status = status
        self.connections = connections
        self.version = version
    }

    var routes: [Route] {
        [Route(.get, "/metrics", scope: .key, metrics)]
    }

    /// The metrics of the API itself.
    private var own: [MetricFamily] {
        [
            MetricFamily(
                "build_info", .gauge, "Always 1; the label tells the version.",
                [.init(1, ["version": version])]),
            MetricFamily(
                "start_time_seconds", .gauge, "When the server started, Unix time.",
                Int(startedAt.microseconds / 1_000_000)),
            MetricFamily("connections", .gauge, "Open connections of clients.", connections.count),
        ]
    }

    @Sendable private func metrics(_ request: Request, _ context: APIContext) async throws
        -> Response
    {
        _ = try QueryParameters(request.uri.query)
        var writer = MetricsWriter()
        writer.write(own)
        writer.write(await status.metrics().families)
        return Response(
            status: .ok, headers: [.contentType: MetricsWriter.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: writer.text)))
    }
}

import CodeBoxCore
import CodeBoxHTTP
import CodeBoxWorker
import HTTPTypes
import Hummingbird
import NIOCore

/// Numbers for Prometheus: `/metrics`. They tell what clients do, so the route needs a key.
struct MetricsRoutes: Sendable {
    let service: any JobService
    let connections: ConnectionRegistry
    let version: String
    private let startedAt = Timestamp.now

    init(service: any JobService, connections: ConnectionRegistry, version: String) {
        self.service = service
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
        writer.write(await service.metrics().families)
        return Response(
            status: .ok, headers: [.contentType: MetricsWriter.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: writer.text)))
    }
}

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

    var routes: [Route] {
        [Route(.get, "/metrics", scope: .key, metrics)]
    }

    @Sendable private func metrics(_ request: Request, _ context: APIContext) async throws
        -> Response
    {
        _ = try QueryParameters(request.uri.query)
        var writer = MetricsWriter()
        writer.service(
            await service.metrics(), connections: connections.count, version: version)
        return Response(
            status: .ok, headers: [.contentType: MetricsWriter.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: writer.text)))
    }
}

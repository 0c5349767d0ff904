import CodeBoxWorker
import Hummingbird
import NIOCore

/// The routes that are about the service itself.
struct ServiceRoutes: Sendable {
    let status: any StatusService
    let access: AccessMiddleware
    let connections: ConnectionRegistry
    let version: String

    private static let openAPIDocument = ByteBuffer(bytes: PackageResources.openapi_json)

    /// `GET /v1/runtimes`
    @Sendable func runtimes(_ request: Request, _ context: APIContext) throws -> Response {
        _ = try QueryParameters(request.uri.query)
        return .json { writer in
            writer.beginObject()
            writer.key("runtimes")
            writer.array(status.runtimes()) { writer, runtime in
                writer.key("name")
                writer.string(runtime.name)
                writer.key("version")
                writer.string(runtime.version)
                writer.key("aliases")
                writer.strings(runtime.aliases)
                writer.key("digest")
                writer.optional(runtime.digest) { $0.string($1) }
                writer.key("entrypoint")
                writer.string(runtime.entrypoint)
                writer.key("zygote")
                writer.bool(runtime.hasZygote)
                writer.key("limits")
                writer.limits(runtime.limits)
                writer.key("ceiling")
                writer.limits(runtime.ceiling)
            }
            writer.endObject()
        }
    }

    /// `GET /healthz`: answers as long as the process does.
    @Sendable func health(_ request: Request, _ context: APIContext) -> Response {
        .json(capacity: 64) { writer in
            writer.beginObject()
            writer.key("status")
            writer.string("ok")
            writer.key("version")
            writer.string(version)
            writer.endObject()
        }
    }

    /// `GET /readyz`: what is wrong is told only to whoever may use the API.
    @Sendable func readiness(_ request: Request, _ context: APIContext) async throws -> Response {
        let showsDetail = access.isAuthorized(request)
        let checks = await status.readiness().map {
            Problem.Check(name: $0.name, isReady: $0.isReady, detail: showsDetail ? $0.detail : "")
        }
        let failed = checks.filter { !$0.isReady }.map(\.name)
        guard failed.isEmpty else {
            var problem = Problem(.notReady, "not ready: \(failed.joined(separator: ", "))")
            problem.checks = checks
            throw problem
        }
        return .json(capacity: 256) { writer in
            writer.beginObject()
            writer.key("status")
            writer.string("ready")
            writer.key("checks")
            writer.array(checks) { $0.check($1) }
            writer.endObject()
        }
    }

    /// `GET /metrics`: for Prometheus. The numbers tell what clients do, so it wants a key where
    /// there are keys.
    @Sendable func metrics(_ request: Request, _ context: APIContext) async throws -> Response {
        _ = try QueryParameters(request.uri.query)
        var writer = MetricsWriter()
        writer.service(
            await status.metrics(), connections: connections.count, version: version)
        return Response(
            status: .ok, headers: [.contentType: MetricsWriter.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: writer.text)))
    }

    /// `GET /openapi.json`
    @Sendable func openAPI(_ request: Request, _ context: APIContext) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: Self.openAPIDocument))
    }
}

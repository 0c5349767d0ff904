import CodeBoxJSON
import CodeBoxWorker
import Hummingbird
import NIOCore

/// The routes that are about the service itself.
struct ServiceRoutes: Sendable {
    let service: any JobService
    let access: AccessMiddleware
    let connections: ConnectionRegistry
    let version: String

    private static let openAPIDocument = ByteBuffer(bytes: PackageResources.openapi_json)

    /// `GET /v1/runtimes`
    @Sendable func runtimes(_ request: Request, _ context: APIContext) throws -> Response {
        _ = try QueryParameters(request.uri.query)
        return .json { writer in
            writer.field("runtimes", objects: service.runtimes()) { writer, runtime in
                writer.field("name", runtime.name)
                writer.field("version", runtime.version)
                writer.field("aliases", runtime.aliases)
                writer.field("digest", runtime.digest)
                writer.field("entrypoint", runtime.entrypoint)
                writer.field("zygote", runtime.hasZygote)
                writer.field("limits", object: runtime.limits) { $0.limits($1) }
                writer.field("ceiling", object: runtime.ceiling) { $0.limits($1) }
            }
        }
    }

    /// `GET /healthz`: answers as long as the process does.
    @Sendable func health(_ request: Request, _ context: APIContext) -> Response {
        .json(capacity: 64) { writer in
            writer.field("status", "ok")
            writer.field("version", version)
        }
    }

    /// `GET /readyz`: what is wrong is told only to whoever may use the API.
    @Sendable func readiness(_ request: Request, _ context: APIContext) async throws -> Response {
        let showsDetail = access.isAuthorized(request)
        let checks = await service.readiness().map {
            Problem.Check(name: $0.name, isReady: $0.isReady, detail: showsDetail ? $0.detail : "")
        }
        let failed = checks.filter { !$0.isReady }.map(\.name)
        guard failed.isEmpty else {
            var problem = Problem(.notReady, "not ready: \(failed.joined(separator: ", "))")
            problem.checks = checks
            throw problem
        }
        return .json(capacity: 256) { writer in
            writer.field("status", "ready")
            writer.field("checks", objects: checks) { $0.check($1) }
        }
    }

    /// `GET /metrics`: for Prometheus. The numbers tell what clients do, so it wants a key where
    /// there are keys.
    @Sendable func metrics(_ request: Request, _ context: APIContext) async throws -> Response {
        _ = try QueryParameters(request.uri.query)
        var writer = MetricsWriter()
        writer.service(
            await service.metrics(), connections: connections.count, version: version)
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

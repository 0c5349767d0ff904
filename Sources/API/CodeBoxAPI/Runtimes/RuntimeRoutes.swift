import CodeBoxHTTP
import CodeBoxJSON
import CodeBoxWorker
import Hummingbird

/// The runtimes that jobs may name: `/v1/runtimes`.
struct RuntimeRoutes: Sendable {
    let status: any StatusService

    var routes: [Route] {
        [Route(.get, "/v1/runtimes", scope: .key, list)]
    }

    @Sendable private func list(_ request: Request, _ context: APIContext) throws -> Response {
        _ = try QueryParameters(request.uri.query)
        return .json { writer in
            writer.field("runtimes", objects: status.runtimes()) { writer, runtime in
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
}

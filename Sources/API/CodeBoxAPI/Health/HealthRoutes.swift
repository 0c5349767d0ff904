import CodeBoxHTTP
import CodeBoxJSON
import CodeBoxWorker
import Hummingbird

/// Whether the service works: `/healthz` and `/readyz`.
struct HealthRoutes: Sendable {
    let status: any StatusService
    let version: String

    var routes: [Route] {
        [
            Route(.get, "/healthz", scope: .open, health),
            Route(.get, "/readyz", scope: .open, readiness),
        ]
    }

    /// Answers as long as the process runs.
    @Sendable private func health(_ request: Request, _ context: APIContext) -> Response {
        .json(capacity: 64) { writer in
            writer.field("status", "ok")
            writer.field("version", version)
        }
    }

    /// Lists the checks. Only a client that may use the API is told what is wrong.
    @Sendable private func readiness(_ request: Request, _ context: APIContext) async throws
        -> Response
    {
        let checks = await status.readiness().map {
            Problem.Check(
                name: $0.name, isReady: $0.isReady,
                detail: context.isAuthenticated ? $0.detail : "")
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
}

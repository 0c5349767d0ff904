import CodeBoxHTTP
import CodeBoxWorker
import Hummingbird

/// Direct runs, which are not stored: `/v1/run`.
struct RunRoutes: Sendable {
    let runs: any RunService
    let body: JSONBody
    let connections: ConnectionRegistry

    var routes: [Route] {
        [Route(.post, "/v1/run", scope: .run, run)]
    }

    @Sendable private func run(_ request: Request, _ context: APIContext) async throws -> Response {
        let spec = try await BodyDecoding.decode(body.bytes(of: request), JobDecoder.decode)
        return .job(
            try await runs.run(
                spec, for: context.principal, until: connections.closing(of: context.channel)))
    }
}

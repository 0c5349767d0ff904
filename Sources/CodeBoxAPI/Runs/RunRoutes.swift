import CodeBoxHTTP
import CodeBoxWorker
import Hummingbird

/// Direct runs, which are not stored: `/v1/run`.
struct RunRoutes: Sendable {
    let service: any JobService
    let body: JSONBody
    let connections: ConnectionRegistry

    var routes: [Route] {
        [Route(.post, "/v1/run", scope: .run, run)]
    }

    @Sendable private func run(_ request: Request, _ context: APIContext) async throws -> Response {
        let spec = try JobDecoder.decode(try await body.bytes(of: request))
            .admitted(for: context.principal)
        return .job(
            try await service.run(spec, until: connections.closing(of: context.channel)))
    }
}

import CodeBoxHTTP
import CodeBoxWorker
import Hummingbird

/// Direct runs, which are not stored: `/v1/run`.
struct RunRoutes: Sendable {
    let runs: any RunService
    let body: JSONBody
    let connections: ConnectionRegistry

    var routes: [Route] {
        let direct = DirectRoute(
            path: "/v1/run", body: body, maximumBytes: BodyDecoding.maximumOnLoop, begin)
        return [Route(.post, "/v1/run", scope: .run, direct: direct, run)]
    }

    /// Begins a run that need not wait.
    @Sendable private func begin(
        _ request: DirectRoute.Request, _ end: @escaping DirectRoute.End
    ) throws -> Bool {
        try runs.begin(
            { try JobDecoder.decode(request.body) }, for: request.principal, until: request.stop
        ) { result in
            switch result {
            case .success(let job): end(.success { .job(job) })
            case .failure(let error): end(.failure(error))
            }
        }
    }

    @Sendable private func run(_ request: Request, _ context: APIContext) async throws -> Response {
        let spec = try await BodyDecoding.decode(body.bytes(of: request), JobDecoder.decode)
        return .job(
            try await runs.run(
                spec, for: context.principal, until: connections.closing(of: context.channel)))
    }
}

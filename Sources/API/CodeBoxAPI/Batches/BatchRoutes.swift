import CodeBoxCore
import CodeBoxHTTP
import CodeBoxWorker
import HTTPTypes
import Hummingbird

/// Many programs in one call, their results streamed as they end: `/v1/batch`.
struct BatchRoutes: Sendable {
    static let contentType = "application/x-ndjson"

    let runs: any RunService
    let body: JSONBody
    let connections: ConnectionRegistry

    var routes: [Route] {
        [Route(.post, "/v1/batch", scope: .run, run)]
    }

    @Sendable private func run(_ request: Request, _ context: APIContext) async throws -> Response {
        let items = try await BodyDecoding.decode(
            body.bytes(of: request), BatchDecoder.decode)
        // A batch is refused before the first byte of its response, or not at all.
        let pass = try runs.admitBatch()
        let closing = connections.closing(of: context.channel)
        return Response(
            status: .ok, headers: [.contentType: Self.contentType],
            body: ResponseBody { [runs] writer in
                var lines = BatchLines(instance: context.instance)
                var specs: [JobSpec] = []
                var places: [Int] = []
                for (index, item) in items.enumerated() {
                    switch item {
                    case .success(let spec):
                        specs.append(spec)
                        places.append(index)
                    case .failure(let problem):
                        try await writer.write(lines.problem(problem, at: index))
                    }
                }
                try await runs.run(
                    specs, for: context.principal, with: pass, until: closing
                ) { place, result in
                    try await writer.write(lines.result(result, at: places[place]))
                }
                // The client has disconnected; a summary line would be unread and wrong.
                guard closing.reason?.leavesReader ?? true else {
                    return try await writer.finish(nil)
                }
                lines.log(context.logger)
                try await writer.write(lines.end())
                try await writer.finish(nil)
            })
    }
}

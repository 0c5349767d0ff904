import CodeBoxCore
import CodeBoxJSON
import CodeBoxWorker
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// `POST /v1/batch`: many programs in one call, their results streamed as they end.
struct BatchRoute: Sendable {
    let jobs: JobRoutes

    static let contentType = "application/x-ndjson"

    @Sendable func run(_ request: Request, _ context: APIContext) async throws -> Response {
        let items = try BatchDecoder.decode(try await jobs.json(in: request))
        // Refused before the first byte of an answer, or not at all.
        let pass = try jobs.service.admitBatch()
        let closing = jobs.connections.closing(of: context.channel)
        return Response(
            status: .ok, headers: [.contentType: Self.contentType],
            body: ResponseBody { [service = jobs.service] writer in
                var lines = Lines(instance: context.instance)
                var specs: [JobSpec] = []
                var places: [Int] = []
                for (index, item) in items.enumerated() {
                    switch item {
                    case .success(var spec):
                        if context.key.ownInterpreter { spec.ownInterpreter = true }
                        specs.append(spec)
                        places.append(index)
                    case .failure(let problem):
                        try await writer.write(lines.problem(problem, at: index))
                    }
                }
                try await service.run(specs, with: pass, until: closing) { place, result in
                    try await writer.write(lines.result(result, at: places[place]))
                }
                // The client has disconnected; a summary line would be unread and wrong.
                guard !closing.hasFired else { return try await writer.finish(nil) }
                lines.log(context.logger)
                try await writer.write(lines.end())
                try await writer.finish(nil)
            })
    }

    /// The answer's lines, and what they come to.
    private struct Lines {
        let instance: String
        private var ended = 0
        private var failed = 0
        /// The last that the server is to blame for, and how many there were.
        private var ownFault: (error: CodeBoxError, count: Int)?

        init(instance: String) {
            self.instance = instance
        }

        mutating func result(_ result: Result<Job, CodeBoxError>, at index: Int) -> ByteBuffer {
            switch result {
            case .success(let job):
                ended += 1
                let bytes = job.result.map { $0.stdout.bytes.count + $0.stderr.bytes.count } ?? 0
                return line(capacity: 1536 + bytes) { writer in
                    writer.field("index", index)
                    writer.field("job", object: job) { $0.jobFields($1) }
                }
            case .failure(let error):
                let problem = Problem(error)
                if problem.status.kind == .serverError {
                    ownFault = (error, (ownFault?.count ?? 0) + 1)
                }
                return self.problem(problem, at: index)
            }
        }

        mutating func problem(_ problem: Problem, at index: Int) -> ByteBuffer {
            failed += 1
            return line(capacity: 512) { writer in
                writer.field("index", index)
                writer.field("problem", object: problem) { $1.write(to: &$0, instance: instance) }
            }
        }

        /// Tells a whole answer from one that was cut.
        func end() -> ByteBuffer {
            line(capacity: 64) { writer in
                writer.field("done", true)
                writer.field("ended", ended)
                writer.field("failed", failed)
            }
        }

        func log(_ logger: Logger) {
            guard let ownFault else { return }
            logger.warning(
                "programs of a batch could not be run",
                metadata: [
                    "programs": .stringConvertible(ownFault.count),
                    "last": .string("\(ownFault.error)"),
                ])
        }

        private func line(capacity: Int, _ fields: (inout JSONWriter) -> Void) -> ByteBuffer {
            var writer = JSONWriter(capacity: capacity)
            writer.object(fields)
            writer.endLine()
            return ByteBuffer(bytes: writer.bytes)
        }
    }
}

import CodeBoxCore
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
        let items = try BatchRequestDecoder.decode(try await jobs.json(in: request))
        // Refused before the first byte of an answer, or not at all.
        let pass = try jobs.runs.admitBatch()
        let closing = jobs.connections.closing(of: context.channel)
        return Response(
            status: .ok, headers: [.contentType: Self.contentType],
            body: ResponseBody { [runs = jobs.runs] writer in
                var lines = Lines(instance: context.instance)
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
                    writer.key("index")
                    writer.integer(index)
                    writer.key("job")
                    writer.job(job)
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
                writer.key("index")
                writer.integer(index)
                writer.key("problem")
                problem.write(to: &writer, instance: instance)
            }
        }

        /// Tells a whole answer from one that was cut.
        func end() -> ByteBuffer {
            line(capacity: 64) { writer in
                writer.key("done")
                writer.bool(true)
                writer.key("ended")
                writer.integer(ended)
                writer.key("failed")
                writer.integer(failed)
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

        private func line(capacity: Int, _ members: (inout JSONWriter) -> Void) -> ByteBuffer {
            var writer = JSONWriter(capacity: capacity)
            writer.beginObject()
            members(&writer)
            writer.endObject()
            writer.endLine()
            return writer.buffer
        }
    }
}

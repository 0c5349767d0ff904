import CodeBoxCore
import CodeBoxHTTP
import CodeBoxJSON
import HTTPTypes
import Logging
import NIOCore

/// The lines of a batch's response, and their totals.
struct BatchLines {
    let instance: String
    private var finished = 0
    private var failed = 0
    /// The last error that is the server's fault, and how many there were.
    private var ownFault: (error: CodeBoxError, count: Int)?

    init(instance: String) {
        self.instance = instance
    }

    mutating func result(_ result: Result<Job, CodeBoxError>, at index: Int) -> ByteBuffer {
        switch result {
        case .success(let job):
            finished += 1
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

    /// The last line, by which a client tells a complete response from one that was cut off.
    func end() -> ByteBuffer {
        line(capacity: 64) { writer in
            writer.field("done", true)
            writer.field("finished", finished)
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

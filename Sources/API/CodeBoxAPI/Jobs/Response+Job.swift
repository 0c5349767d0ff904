import CodeBoxCore
import CodeBoxHTTP
import CodeBoxJSON
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// Makes a response whose body is a job.
    static func job(
        _ job: Job, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        .json(status, headers: headers, capacity: job.jsonCapacity) { $0.jobFields(job) }
    }
}

extension ByteBuffer {
    /// Makes a body that is a job.
    static func job(_ job: Job) -> ByteBuffer {
        var writer = JSONWriter(capacity: job.jsonCapacity)
        writer.job(job)
        return ByteBuffer(bytes: writer.bytes)
    }
}

extension Job {
    /// Bytes to reserve for the job as JSON.
    fileprivate var jsonCapacity: Int {
        1536 + (result?.stdout.bytes.count ?? 0) + (result?.stderr.bytes.count ?? 0)
    }
}

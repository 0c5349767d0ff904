import CodeBoxCore
import CodeBoxHTTP
import HTTPTypes
import Hummingbird

extension Response {
    /// Makes a response whose body is a job.
    static func job(
        _ job: Job, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        let outputBytes =
            (job.result?.stdout.bytes.count ?? 0) + (job.result?.stderr.bytes.count ?? 0)
        return .json(status, headers: headers, capacity: 1536 + outputBytes) { $0.jobFields(job) }
    }
}

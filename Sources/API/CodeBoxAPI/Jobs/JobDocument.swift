package import CodeBoxCore
import CodeBoxJSON

/// A job as the API's JSON, for commands that show a job without a server.
package enum JobDocument {
    /// UTF-8, without white space.
    package static func bytes(_ job: Job) -> [UInt8] {
        var writer = JSONWriter(capacity: 4096)
        writer.job(job)
        return writer.bytes
    }
}

package import CodeBoxCore
import NIOCore

/// A job as the API's JSON, for those who show one without serving it.
package enum JobDocument {
    /// UTF-8, without white space.
    package static func bytes(_ job: Job) -> [UInt8] {
        var writer = JSONWriter(capacity: 4096)
        writer.job(job)
        return Array(writer.buffer.readableBytesView)
    }
}

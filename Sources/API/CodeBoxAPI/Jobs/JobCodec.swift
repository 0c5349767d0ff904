package import CodeBoxCore
import CodeBoxJSON
import NIOCore

/// Decodes requests and encodes answers without HTTP around them, for benchmarks.
package enum JobCodec {
    /// Returns the job, or nil if the body has a fault.
    package static func decode(_ body: [UInt8]) -> JobSpec? {
        try? JobDecoder.decode(ByteBuffer(bytes: body))
    }

    package static func encode(_ job: Job) -> [UInt8] {
        var writer = JSONWriter()
        writer.job(job)
        return writer.bytes
    }
}

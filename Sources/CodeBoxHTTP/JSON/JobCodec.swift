package import CodeBoxCore
import NIOCore

/// The two ends of a request's way through this module, without HTTP around them.
package enum JobCodec {
    /// - Returns: nil where a client would be told what is wrong.
    package static func decode(_ body: [UInt8]) -> JobSpec? {
        try? JobRequestDecoder.decode(ByteBuffer(bytes: body))
    }

    package static func encode(_ job: Job) -> [UInt8] {
        var writer = JSONWriter()
        writer.job(job)
        return Array(buffer: writer.buffer)
    }
}

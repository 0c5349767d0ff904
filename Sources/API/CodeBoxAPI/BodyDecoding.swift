import CodeBoxHTTP
import NIOCore

/// Decides where bodies are decoded.
enum BodyDecoding {
    /// Bytes up to which a body is decoded on the event loop. That takes tens of microseconds; a
    /// change of threads would cost as much again.
    static let maximumOnLoop = 64 << 10

    /// Decodes a small body at once, and a large one on another thread, where it holds up neither
    /// other requests nor the responses of running programs.
    static func decode<Value: Sendable>(
        _ body: consuming ByteBuffer,
        _ decode: @escaping @Sendable (ByteBuffer) throws(Problem) -> Value
    ) async throws -> Value {
        if body.readableBytes <= maximumOnLoop { return try decode(body) }
        let body = body
        return try await withTaskExecutorPreference(globalConcurrentExecutor) {
            try decode(body)
        }
    }
}

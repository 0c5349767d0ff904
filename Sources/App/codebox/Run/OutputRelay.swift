import CodeBoxSandbox
import Glibc

/// Carries output from the client's loop, which must not block, to stdout and stderr, which may
/// block. The job's output limit bounds the bytes that wait in between.
struct OutputRelay: Sendable {
    private let input: AsyncStream<(OutputStream, [UInt8])>.Continuation
    private let writer: Task<Void, Never>

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: (OutputStream, [UInt8]).self)
        input = continuation
        writer = Task.detached {
            for await (stream, bytes) in stream {
                Console.write(bytes, to: stream == .stdout ? STDOUT_FILENO : STDERR_FILENO)
            }
        }
    }

    func send(_ stream: OutputStream, _ bytes: [UInt8]) {
        input.yield((stream, bytes))
    }

    /// Returns when everything that was sent is written.
    func finish() async {
        input.finish()
        await writer.value
    }
}

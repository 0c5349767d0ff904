import NIOCore
import NIOPosix

/// A TCP connection to the API, for what no HTTP client would send.
enum RawClient {
    typealias Channel = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    static func connect(port: Int) async throws -> Channel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "localhost", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                }
            }
    }

    /// Sends a text and gives all that comes back until the server closes, or until `isEnough`.
    static func exchange(
        port: Int, _ text: String, isEnough: @escaping @Sendable (String) -> Bool = { _ in false }
    ) async throws -> String {
        try await connect(port: port).executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            var received = ""
            for try await part in inbound {
                received += String(buffer: part)
                if isEnough(received) { break }
            }
            return received
        }
    }
}

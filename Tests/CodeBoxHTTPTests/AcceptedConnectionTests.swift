import HummingbirdCore
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import CodeBoxHTTP

/// Connections that a server has accepted and not served yet when it stops.
@Suite
struct AcceptedConnectionTests {
    private func accept(_ channel: NIOAsyncTestingChannel) async throws -> AcceptedConnection {
        let served = LoopChannel(
            base: HTTP1Channel(responder: { _, _, _ in }), identity: nil, direct: nil)
        let logger = Logger(label: "test")
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1))
        return try await channel.testingEventLoop.executeInContext {
            served.setup(channel: channel, logger: logger)
        }.get()
    }

    @Test("a connection that is dropped before a task serves it is closed, and ends nothing else")
    func dropped() async throws {
        let channel = NIOAsyncTestingChannel()
        do { _ = try await accept(channel) }
        try await channel.closeFuture.get()
    }

    @Test("a connection is given to one task only")
    func taken() async throws {
        let channel = NIOAsyncTestingChannel()
        let accepted = try await accept(channel)
        let value = try #require(accepted.take())
        #expect(accepted.take() == nil)
        #expect(channel.isActive)
        try await value.executeThenClose { _, _ in }
        try await channel.closeFuture.get()
    }
}

import CodeBoxCore
import NIOCore
import NIOEmbedded
import Testing

@testable import CodeBoxHTTP

struct ConnectionRegistryTests {
    private let registry = ConnectionRegistry()
    private let channel = EmbeddedChannel()

    @Test("a signal that ended one request's work does not end the connection's next one")
    func nextRequest() {
        registry.add(channel)
        let first = registry.closing(of: channel)
        #expect(registry.closing(of: channel) === first)
        first.fire(.taskCanceled)
        let second = registry.closing(of: channel)
        #expect(!second.hasFired)
        registry.end(channel)
        #expect(second.reason == .disconnected)
    }

    @Test("once the client has disconnected, every request of the connection is told so")
    func disconnected() {
        registry.add(channel)
        registry.end(channel)
        #expect(registry.closing(of: channel).reason == .disconnected)
        registry.remove(channel)
        #expect(registry.count == 0)
    }
}

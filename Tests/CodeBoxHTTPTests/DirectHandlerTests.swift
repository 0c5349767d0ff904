import CodeBoxCore
import HTTPTypes
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Synchronization
import Testing

@testable import CodeBoxHTTP

/// The handler that answers usual requests itself, between a connection and Hummingbird.
struct DirectHandlerTests {
    /// What the route was asked to answer.
    private final class Asked: Sendable {
        let ends = Mutex<[DirectRoute.End]>([])
        let bodies = Mutex<[String]>([])

        var count: Int { ends.withLock(\.count) }

        func end(_ index: Int, _ text: String) {
            ends.withLock { $0[index] }(.success { ByteBuffer(string: text) })
        }
    }

    private let asked = Asked()

    private func channel(
        keys: APIKeys = APIKeys(), begins: Bool = true
    ) throws -> EmbeddedChannel {
        let route = DirectRoute(
            path: "/v1/run", body: JSONBody(maximumBytes: 1000), maximumBytes: 100
        ) { [asked] request, end in
            guard begins else { return false }
            asked.bodies.withLock { $0.append(String(buffer: request.body)) }
            asked.ends.withLock { $0.append(end) }
            return true
        }
        let options = DirectHandler.Options(
            route: route, access: AccessRule(keys: keys), connections: ConnectionRegistry(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return EmbeddedChannel(handler: DirectHandler(options))
    }

    private static func head(
        _ path: String = "/v1/run", method: HTTPRequest.Method = .post,
        host: String = "localhost", _ change: (inout HTTPFields) -> Void = { _ in }
    ) -> HTTPRequest {
        var headers: HTTPFields = [.contentType: "application/json", .contentLength: "2"]
        change(&headers)
        return HTTPRequest(
            method: method, scheme: "http", authority: host, path: path, headerFields: headers)
    }

    private static func send(_ head: HTTPRequest, _ body: String, to channel: EmbeddedChannel)
        throws
    {
        try channel.writeInbound(HTTPRequestPart.head(head))
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: body)))
        try channel.writeInbound(HTTPRequestPart.end(nil))
    }

    /// The parts that Hummingbird would get.
    private static func passed(_ channel: EmbeddedChannel) throws -> [HTTPRequestPart] {
        var parts: [HTTPRequestPart] = []
        while let part = try channel.readInbound(as: HTTPRequestPart.self) { parts.append(part) }
        return parts
    }

    private static func written(_ channel: EmbeddedChannel) throws -> [HTTPResponsePart] {
        channel.embeddedEventLoop.run()
        var parts: [HTTPResponsePart] = []
        while let part = try channel.readOutbound(as: HTTPResponsePart.self) { parts.append(part) }
        return parts
    }

    @Test("a usual request is answered without Hummingbird, with all headers of a response")
    func usual() throws {
        let channel = try channel()
        try Self.send(Self.head(), "{}", to: channel)
        #expect(try Self.passed(channel).isEmpty)
        #expect(asked.bodies.withLock { $0 } == ["{}"])
        asked.end(0, "[1]")
        let parts = try Self.written(channel)
        guard case .head(let head) = parts.first else {
            Issue.record("no head: \(parts)")
            return
        }
        #expect(head.status == .ok)
        #expect(head.headerFields[.contentType] == "application/json")
        #expect(head.headerFields[.contentLength] == "3")
        #expect(head.headerFields[.cacheControl] == "no-store")
        #expect(head.headerFields[.xContentTypeOptions] == "nosniff")
        #expect(head.headerFields[.date]?.hasSuffix(" GMT") == true)
        #expect(parts.dropFirst() == [.body(ByteBuffer(string: "[1]")), .end(nil)])
    }

    @Test(
        "every other request goes to Hummingbird as it came",
        arguments: [
            head("/v1/runs"), head("/v1/run?x=1"), head(method: .put), head(host: "evil.example"),
            head { $0[.contentType] = "text/plain" }, head { $0[.contentLength] = "101" },
            head { $0[.contentLength] = nil }, head { $0[.contentLength] = "-1" },
            head { $0[.contentEncoding] = "gzip" }, head { $0[.connection] = "close" },
            head { $0[.origin] = "http://evil.example" },
            head { $0[HTTPField.Name("Host")!] = "localhost" },
        ])
    func others(head: HTTPRequest) throws {
        let channel = try channel()
        try Self.send(head, "{}", to: channel)
        #expect(asked.count == 0)
        #expect(
            try Self.passed(channel)
                == [.head(head), .body(ByteBuffer(string: "{}")), .end(nil)])
    }

    @Test("a server with keys takes no request without one of them", arguments: [nil, "wrong"])
    func keys(key: String?) throws {
        let right = "0123456789abcdef"
        let channel = try channel(keys: try APIKeys([right]))
        try Self.send(
            Self.head { $0[.authorization] = key.map { "Bearer \($0)" } }, "{}", to: channel)
        #expect(asked.count == 0)
        #expect(try Self.passed(channel).count == 3)
        let other = try self.channel(keys: try APIKeys([right]))
        try Self.send(Self.head { $0[.authorization] = "Bearer \(right)" }, "{}", to: other)
        #expect(asked.count == 1)
    }

    @Test("a request that can't begin at once goes to Hummingbird")
    func notNow() throws {
        let channel = try channel(begins: false)
        try Self.send(Self.head(), "{}", to: channel)
        #expect(
            try Self.passed(channel)
                == [.head(Self.head()), .body(ByteBuffer(string: "{}")), .end(nil)])
    }

    @Test("requests that come during an answer are held until it is written")
    func pipelined() throws {
        let channel = try channel()
        let health = Self.head("/healthz", method: .get)
        try Self.send(Self.head(), "{}", to: channel)
        try Self.send(Self.head(), "[]", to: channel)
        try channel.writeInbound(HTTPRequestPart.head(health))
        try channel.writeInbound(HTTPRequestPart.end(nil))
        #expect(asked.count == 1)
        #expect(try Self.passed(channel).isEmpty)
        asked.end(0, "1")
        #expect(try Self.written(channel).count == 3)
        #expect(asked.bodies.withLock { $0 } == ["{}", "[]"])
        #expect(try Self.passed(channel).isEmpty)
        asked.end(1, "2")
        #expect(try Self.written(channel).count == 3)
        #expect(try Self.passed(channel) == [.head(health), .end(nil)])
        // Hummingbird has a request now, so the next one must not overtake it.
        try Self.send(Self.head(), "{}", to: channel)
        #expect(asked.count == 2)
        #expect(try Self.passed(channel).count == 3)
    }

    @Test("an answer that comes after the connection is gone is dropped")
    func gone() throws {
        let channel = try channel()
        try Self.send(Self.head(), "{}", to: channel)
        _ = try channel.finish()
        asked.end(0, "1")
        #expect(throws: Never.self) { channel.embeddedEventLoop.run() }
    }

    @Test("dates are as RFC 9110 has them")
    func dates() {
        #expect(HTTPDate.text(of: 784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.text(of: 1_709_164_800) == "Thu, 29 Feb 2024 00:00:00 GMT")
    }
}

import CodeBoxCore
import Foundation
import HummingbirdTesting
import Testing

@testable import CodeBoxAPI
@testable import CodeBoxHTTP

/// The usual `POST /v1/run` is answered on its event loop, all others by their route.
@Suite(.timeLimit(.minutes(1))) struct DirectRunTests {
    private static let body = #"{"runtime":"python","source":""}"#
    private static let head =
        "POST /v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

    private static func usual(_ body: String = body) -> String {
        head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
    }

    /// Only a route takes a body in chunks.
    private static func routed(_ body: String = body) -> String {
        let size = String(body.utf8.count, radix: 16)
        return head + "Transfer-Encoding: chunked\r\n\r\n\(size)\r\n\(body)\r\n0\r\n\r\n"
    }

    /// The response's lines before its body, without values that differ each time, and the names of
    /// the body's fields.
    private static func shape(_ answer: String) throws -> [String] {
        let parts = answer.components(separatedBy: "\r\n\r\n")
        let lines = try #require(parts.first).components(separatedBy: "\r\n").map { line in
            line.lowercased().hasPrefix("date: ") ? "date" : line.lowercased()
        }
        let body = try JSONSerialization.jsonObject(with: Data(try #require(parts.last).utf8))
        let fields = try #require(body as? [String: Any])
        return lines.sorted() + fields.keys.sorted()
    }

    private static func answer(_ text: String, _ port: Int) async throws -> String {
        try await RawClient.exchange(port: port, text) { $0.hasSuffix("}") }
    }

    @Test("both ways answer alike", arguments: [body, "{", "{}", #"{"runtime":1}"#])
    func alike(body: String) async throws {
        try await Harness.with(.live) { api in
            let port = try #require(api.client.port)
            let usual = try await Self.answer(Self.usual(body), port)
            let routed = try await Self.answer(Self.routed(body), port)
            #expect(try Self.shape(usual) == Self.shape(routed))
        }
    }

    @Test("errors of the service are the same problems both ways")
    func errors() async throws {
        let service = ScriptedJobService(failure: CodeBoxError(.sandboxFailed, "no layer"))
        try await Harness.with(.live, service: service) { api in
            let port = try #require(api.client.port)
            let usual = try await Self.answer(Self.usual(), port)
            let routed = try await Self.answer(Self.routed(), port)
            #expect(!usual.hasPrefix("HTTP/1.1 200 "))
            #expect(try Self.shape(usual) == Self.shape(routed))
        }
    }

    @Test("pipelined requests of both ways are answered in their order")
    func pipelined() async throws {
        try await Harness.with(.live) { api in
            let port = try #require(api.client.port)
            let other = "GET /v1/jobs/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            let text = Self.usual() + Self.routed() + Self.usual("{") + Self.usual() + other
            let answer = try await RawClient.exchange(port: port, text)
            let statuses = answer.components(separatedBy: "HTTP/1.1 ").dropFirst().map {
                String($0.prefix(3))
            }
            #expect(statuses == ["200", "200", "400", "200", "404"])
        }
    }
}

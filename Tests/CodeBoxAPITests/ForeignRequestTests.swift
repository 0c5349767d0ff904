import CodeBoxCore
import Glibc
import HTTPTypes
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization
import Testing

@testable import CodeBoxAPI
@testable import CodeBoxHTTP

/// Requests that are meant for another server, or that another site's page makes.
@Suite(.timeLimit(.minutes(1))) struct ForeignRequestTests {
    private static func request(_ target: String, _ headers: String...) -> String {
        "GET \(target) HTTP/1.1\r\n" + headers.map { $0 + "\r\n" }.joined()
            + "Connection: close\r\n\r\n"
    }

    /// Sends a request to a server without keys, and to one with keys if `key` is given.
    private func status(of text: String, options: APIOptions = APIOptions(version: "1"))
        async throws -> String
    {
        var answer = ""
        let heard = Mutex("")
        try await Harness.with(.live, options: options) { api in
            let raw = try await RawClient.exchange(port: try #require(api.client.port), text)
            heard.withLock { $0 = raw }
        }
        answer = heard.withLock { $0 }
        return String(answer.dropFirst("HTTP/1.1 ".count).prefix(3))
    }

    @Test(
        "a Host that is not a host is refused, and so is a second one",
        arguments: [
            ["Host: localhost", "Host: localhost"], ["Host: localhost", "Host: evil.example"],
            ["Host: localhost:80@evil.example"], ["Host: [::1].evil.example"],
            ["Host: [::1]:80.evil.example"], ["Host: user@localhost"], ["Host: localhost:x"],
            ["Host: [::1"],
        ])
    func hosts(headers: [String]) async throws {
        let text = "GET /healthz HTTP/1.1\r\n" + headers.map { $0 + "\r\n" }.joined()
        let whole = text + "Connection: close\r\n\r\n"
        #expect(try await status(of: whole) == "400")
        let keys = APIOptions(keys: try APIKeys(["correct-horse-battery"]), version: "1")
        #expect(try await status(of: whole, options: keys) == "400")
    }

    @Test("a target that names another server than the Host is refused, and its own is not")
    func targets() async throws {
        for target in [
            "http://evil.example/healthz", "http://localhost@evil.example/healthz",
            "ftp://localhost/healthz", "http://localhost.evil.example/healthz",
        ] {
            #expect(try await status(of: Self.request(target, "Host: localhost")) == "421")
        }
        for (target, host) in [
            ("/healthz", "localhost"), ("http://localhost/healthz", "localhost"),
            ("http://LOCALHOST:80/healthz", "localhost:80"),
        ] {
            #expect(try await status(of: Self.request(target, "Host: \(host)")) == "200")
        }
    }

    @Test("a page of another origin gets no answer from a server without keys")
    func origins() async throws {
        for header in [
            "Origin: http://evil.example", "Origin: null", "Origin: http://localhost:3000",
            "Origin: http://localhost:80.evil.example", "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site",
        ] {
            let text = Self.request("/healthz", "Host: localhost:80", header)
            #expect(try await status(of: text) == "403", "\(header)")
        }
        for header in [
            "Origin: http://localhost:80", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none",
        ] {
            let text = Self.request("/healthz", "Host: localhost:80", header)
            #expect(try await status(of: text) == "200", "\(header)")
        }
    }

    @Test("a foreign page's job is not run")
    func job() async throws {
        try await Harness.with { api in
            let answer = try await api.post(
                "/v1/run", #"{"runtime":"python","source":""}"#,
                headers: [.origin: "https://evil.example"])
            #expect(answer.status == 403)
            #expect(answer.string("code") == "cross_origin")
            #expect(api.service.seen.specs.isEmpty)
        }
    }

    @Test("every response may be neither guessed at nor kept")
    func safety() async throws {
        try await Harness.with(.live) { api in
            let port = try #require(api.client.port)
            for text in [
                Self.request("/healthz", "Host: localhost"), "nonsense\r\n\r\n",
                Self.request("/nothing", "Host: localhost"),
                Self.request("/openapi.json", "Host: localhost"),
                Self.request("/healthz", "Host: evil.example"),
                Self.request("http://evil.example/", "Host: localhost"),
            ] {
                let answer = try await RawClient.exchange(port: port, text).lowercased()
                #expect(answer.contains("\r\nx-content-type-options: nosniff\r\n"), "\(text)")
                #expect(answer.contains("\r\ncache-control: no-store\r\n"), "\(text)")
            }
        }
    }

    // MARK: Wrong keys

    private static let wrong = request(
        "/v1/jobs", "Host: localhost", "Authorization: Bearer wrong-horse-battery"
    ).replacing("Connection: close\r\n", with: "")

    @Test("a wrong key is answered late, and its connection ends; a right one is not")
    func wrongKey() async throws {
        let key = "correct-horse-battery"
        let options = APIOptions(keys: try APIKeys([key]), version: "1")
        try await Harness.listening(options) { _, port in
            let begun = ContinuousClock.now
            let connection = try HeldConnection(port: port)
            try connection.send(Self.wrong)
            guard case .text(let answer) = connection.hear(within: 5000) else {
                Issue.record("no answer")
                return
            }
            #expect(ContinuousClock.now - begun > .milliseconds(450))
            #expect(answer.hasPrefix("HTTP/1.1 401 "))
            #expect(connection.hear(within: 5000) == .end)
            let good = try HeldConnection(port: port)
            let right = Self.wrong.replacing("wrong-horse-battery", with: key)
            let sent = ContinuousClock.now
            try good.send(right)
            #expect(good.hear(within: 5000) != .end)
            #expect(ContinuousClock.now - sent < .milliseconds(400))
            #expect(good.hear(within: 100) == .nothing)
        }
    }

    @Test("few responses to wrong keys are held back at one time; all others come at once")
    func manyWrongKeys() async throws {
        let options = APIOptions(keys: try APIKeys(["correct-horse-battery"]), version: "1")
        try await Harness.listening(options) { api, port in
            let begun = ContinuousClock.now
            let connections = try (0..<(FailedKeys.maximumPaused + 20)).map { _ in
                let connection = try HeldConnection(port: port)
                try connection.send(Self.wrong)
                return connection
            }
            let early = { connections.count { $0.hear(within: 1) != .nothing } }
            #expect(await Eventually.holds { early() >= 20 })
            #expect(ContinuousClock.now - begun < .seconds(5))
            #expect(await Eventually.holds { api.connectionCount == 0 })
        }
    }
}

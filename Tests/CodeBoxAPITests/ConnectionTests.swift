import CodeBoxCore
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import CodeBoxAPI
@testable import CodeBoxHTTP

/// What only shows on a real connection.
@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
    private static let body = #"{"runtime":"python","source":""}"#

    private static func request(_ uri: String, _ body: String = body, _ headers: String = "")
        -> String
    {
        "POST \(uri) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
    }

    /// A program that runs until it is killed, and tells when it starts and when it is killed.
    private static func endless() -> (ScriptedJobService, AsyncStream<String>) {
        let (events, source) = AsyncStream<String>.makeStream()
        let service = ScriptedJobService { _ in
            source.yield("started")
            let (forever, gate) = AsyncStream<Void>.makeStream()
            defer { gate.finish() }
            for await _ in forever {}
            source.yield(Task.isCancelled ? "killed" : "ended")
            return JobResult(outcome: .canceled)
        }
        return (service, events)
    }

    @Test("a client that hangs up has its program killed", arguments: [true, false])
    func hangUp(halfOnly: Bool) async throws {
        let (service, events) = Self.endless()
        try await Harness.with(.live, service: service) { api in
            let port = try #require(api.client.port)
            var events = events.makeAsyncIterator()
            let channel = try await RawClient.connect(port: port)
            try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: Self.request("/v1/run")))
                #expect(await events.next() == "started")
                try await channel.channel.close(mode: halfOnly ? .output : .all)
                #expect(await events.next() == "killed")
            }
        }
    }

    @Test("a client that hangs up stops waiting", arguments: ["/v1/jobs", "poll"])
    func hangUpWhileWaiting(uri: String) async throws {
        let (service, events) = Self.endless()
        let job = Job(id: JobID(), spec: JobSpec(runtime: "python", source: ""))
        service.keep(job)
        try await Harness.with(.live, service: service) { api in
            let port = try #require(api.client.port)
            var events = events.makeAsyncIterator()
            let text =
                uri == "poll"
                ? "GET /v1/jobs/\(job.id)?wait=60 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                : Self.request(uri, Self.body, "Prefer: wait=60\r\n")
            let channel = try await RawClient.connect(port: port)
            try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: text))
                #expect(await events.next() == "started")
                try await channel.channel.close()
                #expect(await events.next() == "killed")
            }
        }
    }

    @Test("a connection serves many requests, and is forgotten when it closes")
    func keepAlive() async throws {
        try await Harness.with(.live) { api in
            for _ in 0..<50 {
                let answer = try await api.post("/v1/run", Self.body)
                #expect(answer.status == 200)
                #expect(api.api.connectionCount == 1)
            }
            let port = try #require(api.client.port)
            for _ in 0..<20 {
                _ = try await RawClient.exchange(
                    port: port,
                    "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            }
            #expect(await Eventually.holds { api.api.connectionCount == 1 })
        }
    }

    @Test("pipelined requests are answered in their order")
    func pipelining() async throws {
        try await Harness.with(.live) { api in
            let port = try #require(api.client.port)
            let texts = (0..<5).map { "GET /v1/jobs/x\($0) HTTP/1.1\r\nHost: localhost\r\n" }
            let text = texts.joined(separator: "\r\n") + "Connection: close\r\n\r\n"
            let answer = try await RawClient.exchange(port: port, text)
            let places = (0..<5).map { answer.range(of: "'x\($0)'")?.lowerBound }
            #expect(places.allSatisfy { $0 != nil })
            #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
        }
    }

    @Test("a request that trickles in is ended with 408", arguments: ["head", "body"])
    func trickle(part: String) async throws {
        let options = APIOptions(receiveTimeoutSeconds: 1, version: "1")
        try await Harness.with(.live, options: options) { api in
            let port = try #require(api.client.port)
            let whole = Self.request("/v1/run")
            let text = part == "head" ? String(whole.prefix(30)) : String(whole.dropLast(5))
            let answer = try await RawClient.exchange(port: port, text)
            if part == "body" {
                #expect(answer.hasPrefix("HTTP/1.1 408 "))
                #expect(answer.contains("request_timeout"))
            } else {
                #expect(answer.isEmpty)
            }
            #expect(await Eventually.holds { api.api.connectionCount <= 1 })
        }
    }

    @Test(
        "what is not HTTP gets a problem, not an empty answer",
        arguments: [
            "nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n",
            "\u{16}\u{3}\u{1}\u{2}\u{0}",
            "POST /v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        ])
    func notHTTP(text: String) async throws {
        try await Harness.with(.live) { api in
            let answer = try await RawClient.exchange(port: try #require(api.client.port), text)
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            #expect(answer.contains("application/problem+json"))
            #expect(answer.contains("malformed_request"))
        }
    }

    @Test("headers beyond their bounds are refused")
    func hugeHeaders() async throws {
        try await Harness.with(.live) { api in
            let port = try #require(api.client.port)
            for headers in [
                "X: \(String(repeating: "x", count: 20_000))\r\n",
                (0..<200).map { "X\($0): 1\r\n" }.joined(),
            ] {
                let answer = try await RawClient.exchange(
                    port: port, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 400 ") || answer.hasPrefix("HTTP/1.1 431 "))
            }
        }
    }

    @Test("a client that asks before it sends is told to go on, unless its body is too large")
    func expectContinue() async throws {
        let options = APIOptions(maximumBodyBytes: 1000, version: "1")
        try await Harness.with(.live, options: options) { api in
            let port = try #require(api.client.port)
            let whole = Self.request("/v1/run", Self.body, "Expect: 100-continue\r\n")
            let head = String(whole.dropLast(Self.body.count))
            let channel = try await RawClient.connect(port: port)
            try await channel.executeThenClose { inbound, outbound in
                var parts = inbound.makeAsyncIterator()
                try await outbound.write(ByteBuffer(string: head))
                let first = try await parts.next().map { String(buffer: $0) }
                #expect(first?.hasPrefix("HTTP/1.1 100 ") == true)
                try await outbound.write(ByteBuffer(string: Self.body))
                let second = try await parts.next().map { String(buffer: $0) }
                #expect(second?.hasPrefix("HTTP/1.1 200 ") == true)
            }
            let refused = try await RawClient.exchange(
                port: port,
                head.replacing("Content-Length: \(Self.body.count)", with: "Content-Length: 1001")
            ) { $0.contains("body_too_large") }
            #expect(refused.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test(
        "a body over the maximum is refused, with a length and in chunks, and is not read without end"
    )
    func oversized() async throws {
        let options = APIOptions(maximumBodyBytes: 1000, version: "1")
        try await Harness.with(.live, options: options) { api in
            let port = try #require(api.client.port)
            let body = "{\"runtime\":\"" + String(repeating: "x", count: 1500) + "\"}"
            let known = try await RawClient.exchange(port: port, Self.request("/v1/run", body)) {
                $0.contains("body_too_large")
            }
            #expect(known.hasPrefix("HTTP/1.1 413 "))
            let head =
                "POST /v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
            let chunk = "400\r\n\(String(repeating: " ", count: 1024))\r\n"
            let chunked = try await RawClient.exchange(port: port, head + chunk) {
                $0.contains("body_too_large")
            }
            #expect(chunked.hasPrefix("HTTP/1.1 413 "))
            // The server closes by itself: the exchange ends without the last chunk.
            let endless = try? await RawClient.exchange(
                port: port, head + String(repeating: chunk, count: 50))
            #expect(endless.map { $0.isEmpty || $0.hasPrefix("HTTP/1.1 413 ") } ?? true)
        }
    }
}

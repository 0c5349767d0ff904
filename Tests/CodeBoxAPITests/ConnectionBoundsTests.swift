import CodeBoxAPI
import CodeBoxCore
import HummingbirdTesting
import Testing

@testable import CodeBoxHTTP

/// How many connections there may be, and for how long they may do nothing.
@Suite(.timeLimit(.minutes(1))) struct ConnectionBoundsTests {
    private static let health = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"

    @Test("an idle connection is closed after 60 s, and there are at most 1,024, unless told else")
    func defaults() {
        let options = APIOptions(version: "1")
        #expect(options.receiveTimeoutSeconds == 60)
        #expect(options.maximumConnections == 1024)
    }

    @Test(
        "a connection that is idle for too long is closed, before its first request or after one",
        arguments: ["", health])
    func idle(request: String) async throws {
        let options = APIOptions(receiveTimeoutSeconds: 1, version: "1")
        try await Harness.with(.live, options: options) { api in
            let connection = try HeldConnection(port: try #require(api.client.port))
            if !request.isEmpty {
                try connection.send(request)
                #expect(connection.hear(within: 5000) != .end)
            }
            let begun = ContinuousClock.now
            #expect(connection.hear(within: 10_000) == .end)
            let waited = ContinuousClock.now - begun
            #expect(waited > .milliseconds(900) && waited < .seconds(8), "closed after \(waited)")
        }
    }

    @Test("a connection whose request is being answered is not idle")
    func busy() async throws {
        let service = ScriptedJobService { _ in
            try? await Task.sleep(for: .seconds(4))
            return JobResult(outcome: .exited)
        }
        let options = APIOptions(receiveTimeoutSeconds: 1, version: "1")
        try await Harness.with(.live, service: service, options: options) { api in
            let connection = try HeldConnection(port: try #require(api.client.port))
            let body = #"{"runtime":"python","source":""}"#
            try connection.send(
                "POST /v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            guard case .text(let answer) = connection.hear(within: 15_000) else {
                Issue.record("closed while the program ran")
                return
            }
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("however many connections come at once, no more than the maximum are accepted")
    func limit() {
        var limit = ConnectionLimit(1024)
        var count = 0
        while limit.isAcceptingNewConnections() {
            for _ in 0..<ConnectionLimit.acceptedAtOnce {
                limit.connectionOpened()
                count += 1
            }
        }
        #expect(count == 1024)
        for _ in 0..<3 { limit.connectionClosed() }
        #expect(!limit.isAcceptingNewConnections())
        limit.connectionClosed()
        #expect(limit.isAcceptingNewConnections())
    }

    @Test("connections beyond the maximum wait, and are served as soon as others have closed")
    func maximum() async throws {
        let options = APIOptions(maximumConnections: 8, version: "1")
        try await Harness.listening(options) { api, port in
            var connections: [HeldConnection] = []
            for _ in 0..<20 {
                let connection = try HeldConnection(port: port)
                try connection.send(Self.health)
                connections.append(connection)
            }
            // NIO accepts several at once, so the last few places may stay empty.
            #expect(await Eventually.holds { api.connectionCount >= 5 })
            var served = connections.filter { $0.hear(within: 200) != .nothing }
            #expect(!served.isEmpty && served.count <= 8, "\(served.count)")
            #expect(api.connectionCount <= 8)
            var waiting = connections.filter { connection in
                !served.contains { $0 === connection }
            }
            connections = []
            while !waiting.isEmpty {
                // All at once: where a batch is accepted at a time, one place may not be enough.
                served = []
                let more = waiting.filter { $0.hear(within: 500) != .nothing }
                try #require(!more.isEmpty, "none of \(waiting.count) is served")
                waiting.removeAll { connection in more.contains { $0 === connection } }
                served = more
                #expect(api.connectionCount <= 8)
            }
        }
    }
}

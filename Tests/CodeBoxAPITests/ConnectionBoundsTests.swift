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
        #expect(options.firstRequestTimeoutSeconds == 10)
        #expect(options.connections.maximum == 1024)
        #expect(options.connections.maximumPerAddress == 512)
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

    // MARK: Too many

    private static let run =
        "POST /v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Content-Length: 33\r\n\r\n" + #"{"runtime":"python","source":"1"}"#

    private static func options(_ maximum: Int, perAddress: Int? = nil) -> APIOptions {
        let bounds = ConnectionBounds(
            maximum: maximum, maximumPerAddress: perAddress ?? maximum + 100)
        return APIOptions(connections: bounds, version: "1")
    }

    @Test("connections beyond the maximum wait while all are busy, and are served as others end")
    func maximum() async throws {
        let service = ScriptedJobService { _ in
            try? await Task.sleep(for: .milliseconds(300))
            return JobResult(outcome: .exited)
        }
        try await Harness.listening(Self.options(8), service: service) { api, port in
            let connections = try (0..<20).map { _ in
                let connection = try HeldConnection(port: port)
                try connection.send(Self.run)
                return connection
            }
            #expect(await Eventually.holds { api.connectionCount >= 5 })
            for connection in connections {
                guard case .text(let answer) = connection.hear(within: 15_000) else {
                    Issue.record("a connection that was busy or waited is closed")
                    return
                }
                #expect(answer.hasPrefix("HTTP/1.1 200 "))
                #expect(api.connectionCount <= 8)
            }
        }
    }

    @Test("when there are too many, the connection that is idle longest is closed for a new one")
    func longestIdle() async throws {
        try await Harness.listening(Self.options(12)) { api, port in
            var connections: [HeldConnection] = []
            for count in 1...8 {
                connections.append(try HeldConnection(port: port))
                #expect(await Eventually.holds { api.connectionCount == count })
            }
            // The first one is now the one that was used last.
            try connections[0].send(Self.health)
            #expect(connections[0].hear(within: 5000) != .end)
            let newcomer = try HeldConnection(port: port)
            try newcomer.send(Self.health)
            #expect(newcomer.hear(within: 5000) != .end)
            #expect(connections[1].hear(within: 5000) == .end)
            for index in [0, 2, 3, 4, 5, 6, 7] {
                #expect(connections[index].hear(within: 20) == .nothing, "\(index)")
            }
        }
    }

    @Test("a connection whose request is in flight is never closed for another")
    func inFlight() async throws {
        let service = ScriptedJobService { _ in
            try? await Task.sleep(for: .seconds(1))
            return JobResult(outcome: .exited)
        }
        try await Harness.listening(Self.options(12), service: service) { api, port in
            let worker = try HeldConnection(port: port)
            try worker.send(Self.run)
            #expect(await Eventually.holds { service.seen.specs.count == 1 })
            for _ in 0..<30 {
                let connection = try HeldConnection(port: port)
                try connection.send(Self.health)
                #expect(connection.hear(within: 5000) != .end)
            }
            guard case .text(let answer) = worker.hear(within: 10_000) else {
                Issue.record("closed while its program ran")
                return
            }
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("one address has no more connections than its share, and others are served")
    func perAddress() async throws {
        try await Harness.listening(Self.options(64, perAddress: 4)) { api, port in
            var many: [HeldConnection] = []
            for count in 1...4 {
                many.append(try HeldConnection(port: port))
                #expect(await Eventually.holds { api.connectionCount == count })
            }
            // Each further one is accepted in place of the oldest. Those of a burst would be
            // accepted in any order.
            for oldest in 0..<16 {
                many.append(try HeldConnection(port: port))
                #expect(many[oldest].hear(within: 5000) == .end)
            }
            #expect(await Eventually.holds { api.connectionCount == 4 })
            #expect(many.suffix(4).allSatisfy { $0.hear(within: 1) == .nothing })
            let other = try HeldConnection(port: port, from: 2)
            try other.send(Self.health)
            #expect(other.hear(within: 5000) != .end)
        }
    }

    @Test("an address whose connections are all busy gets no further one")
    func busyAddress() async throws {
        let service = ScriptedJobService { _ in
            try? await Task.sleep(for: .seconds(1))
            return JobResult(outcome: .exited)
        }
        let options = Self.options(64, perAddress: 4)
        try await Harness.listening(options, service: service) { _, port in
            let busy = try (0..<4).map { _ in
                let connection = try HeldConnection(port: port)
                try connection.send(Self.run)
                return connection
            }
            #expect(await Eventually.holds { service.seen.specs.count == 4 })
            #expect(try HeldConnection(port: port).hear(within: 900) == .end)
            for connection in busy {
                #expect(connection.hear(within: 10_000) != .end)
            }
        }
    }

    @Test("a connection that sends no request, or only a part of its head, is closed early")
    func firstRequest() async throws {
        var options = APIOptions(version: "1")
        options.firstRequestTimeoutSeconds = 1
        try await Harness.listening(options) { _, port in
            let served = try HeldConnection(port: port)
            try served.send(Self.health)
            #expect(served.hear(within: 5000) != .end)
            let begun = ContinuousClock.now
            let silent = try HeldConnection(port: port)
            let slow = try HeldConnection(port: port)
            try slow.send("GET /healthz HTTP/1.1\r\nHost: lo")
            #expect(silent.hear(within: 10_000) == .end)
            #expect(slow.hear(within: 10_000) == .end)
            let waited = ContinuousClock.now - begun
            #expect(waited > .milliseconds(900) && waited < .seconds(8), "closed after \(waited)")
            // The bound is for first requests only.
            #expect(served.hear(within: 500) == .nothing)
        }
    }
}

import CodeBoxCore
import NIOCore
import NIOPosix
import Testing

@testable import CodeBoxAPI
@testable import CodeBoxHTTP

/// What bodies take, and where they are decoded.
@Suite(.timeLimit(.minutes(1))) struct RequestMemoryTests {
    /// At least four times this much memory: 1 MiB.
    private static let maximumBody = 256 << 10

    private static func post(bytes: Int, of total: Int) -> String {
        let head = #"{"runtime":"python","source":""#
        let body = (head + String(repeating: "x", count: total)).prefix(total - 2) + #""}"#
        return "POST /v1/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(total)\r\n\r\n" + body.prefix(bytes)
    }

    private static func options() -> APIOptions {
        APIOptions(maximumBodyBytes: maximumBody, requestMemoryBytes: 1, version: "1")
    }

    private static func status(_ connection: HeldConnection) -> String {
        guard case .text(let text) = connection.hear(within: 5000) else { return "none" }
        return String(text.dropFirst("HTTP/1.1 ".count).prefix(3))
    }

    @Test("bodies beyond the memory for them are answered with 503, until there is room again")
    func overload() async throws {
        try await Harness.listening(Self.options()) { api, port in
            let whole = 200_000
            var slow: HeldConnection? = try HeldConnection(port: port)
            try slow?.send(Self.post(bytes: whole - 1, of: whole))
            // One address may take half of the memory with large bodies; this one takes 0.4 MB.
            try await Task.sleep(for: .milliseconds(300))
            let second = try HeldConnection(port: port)
            try second.send(Self.post(bytes: whole, of: whole))
            guard case .text(let refusal) = second.hear(within: 5000) else {
                Issue.record("no answer")
                return
            }
            #expect(refusal.hasPrefix("HTTP/1.1 503 "))
            #expect(refusal.lowercased().contains("retry-after: 1\r\n"))
            #expect(refusal.contains("\"code\":\"overloaded\""))
            // Small bodies of the address, and large ones of another, still have room.
            let small = try HeldConnection(port: port)
            try small.send(Self.post(bytes: 1000, of: 1000))
            #expect(Self.status(small) == "200")
            let other = try HeldConnection(port: port, from: 2)
            try other.send(Self.post(bytes: 100_000, of: 100_000))
            #expect(Self.status(other) == "200")
            slow = nil
            #expect(await Eventually.holds { api.connectionCount <= 3 })
            let again = try HeldConnection(port: port)
            try again.send(Self.post(bytes: whole, of: whole))
            #expect(Self.status(again) == "200")
        }
    }

    @Test("a body takes memory until its program has ended, and not longer")
    func waiting() async throws {
        let service = ScriptedJobService { _ in
            try? await Task.sleep(for: .seconds(1))
            return JobResult(outcome: .exited)
        }
        try await Harness.listening(Self.options(), service: service) { _, port in
            let whole = 200_000
            let runs = try HeldConnection(port: port)
            try runs.send(Self.post(bytes: whole, of: whole))
            #expect(await Eventually.holds { service.seen.specs.count == 1 })
            let second = try HeldConnection(port: port)
            try second.send(Self.post(bytes: whole, of: whole))
            #expect(Self.status(second) == "503")
            #expect(Self.status(runs) == "200")
            // The same connection again: nothing of its first request is left.
            for _ in 0..<3 {
                try runs.send(Self.post(bytes: whole, of: whole))
                #expect(Self.status(runs) == "200")
            }
        }
    }

    @Test("a body of up to 64 KiB is decoded on its event loop, and a larger one is not")
    func place() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let isOnLoop: @Sendable (ByteBuffer) throws(Problem) -> Bool = { _ in loop.inEventLoop }
        try await LoopExecutor.run(on: loop) {
            let small = ByteBuffer(repeating: 0, count: 64 << 10)
            let smallOnLoop = try await BodyDecoding.decode(small, isOnLoop)
            #expect(smallOnLoop)
            let large = ByteBuffer(repeating: 0, count: (64 << 10) + 1)
            let largeOnLoop = try await BodyDecoding.decode(large, isOnLoop)
            #expect(!largeOnLoop)
        }
    }
}

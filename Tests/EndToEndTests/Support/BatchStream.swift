import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// One line of a batch's answer.
struct BatchLine: Decodable, Sendable {
    struct Problem: Decodable, Sendable {
        var status: Int
        var code: String
        var field: String?
    }

    var index: Int?
    var job: JobAnswer?
    var problem: Problem?
    var done: Bool?
    var finished: Int?
    var failed: Int?
}

/// The lines of a batch's answer, as they come; it hangs up when it is dropped.
struct BatchStream {
    private var body: HTTPClientResponse.Body.AsyncIterator
    private var rest: [UInt8] = []

    let status: Int

    init(_ jobs: [JobBody], on api: APIClient, timeout: Duration = .seconds(50)) async throws {
        let encoder = JSONEncoder()
        let parts = try jobs.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
        try await self.init(
            body: "{\"jobs\":[\(parts.joined(separator: ","))]}", on: api, timeout: timeout)
    }

    init(body text: String, on api: APIClient, timeout: Duration = .seconds(50)) async throws {
        var request = HTTPClientRequest(url: api.base + "/v1/batch")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        if let key = api.key { request.headers.add(name: "Authorization", value: "Bearer \(key)") }
        request.body = .bytes(ByteBuffer(string: text))
        let response = try await api.http.execute(
            request, timeout: .milliseconds(Int64(timeout / .milliseconds(1))))
        status = Int(response.status.code)
        body = response.body.makeAsyncIterator()
    }

    /// Nil at the end.
    mutating func next() async throws -> BatchLine? {
        while true {
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Data(rest[..<end])
                rest.removeFirst(end + 1)
                return try JSONDecoder().decode(BatchLine.self, from: line)
            }
            guard let part = try await body.next() else { return nil }
            rest.append(contentsOf: part.readableBytesView)
        }
    }

    mutating func all() async throws -> [BatchLine] {
        var lines: [BatchLine] = []
        while let line = try await next() { lines.append(line) }
        return lines
    }
}

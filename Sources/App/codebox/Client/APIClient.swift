import AsyncHTTPClient
import CodeBoxCore
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// A client of a CodeBox server.
struct APIClient {
    /// A response that is not an error.
    struct Answer {
        var status: Int
        var body: Data
    }

    /// Most bytes of a response: two output streams at their ceiling, base64, and the rest.
    private static let maximumAnswerBytes = 1 << 30

    /// Does not retry: a missing server is reported at once, not after a minute.
    private static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    private let base: String
    private let apiKey: String?

    /// - Throws: `invalidRequest` if the text is no http or https URL.
    init(server: String, apiKey: String?) throws(CodeBoxError) {
        guard let url = URL(string: server), ["http", "https"].contains(url.scheme ?? ""),
            url.host != nil
        else {
            throw CodeBoxError(
                .invalidRequest, "'\(server)' is not a server's URL such as http://127.0.0.1:8080")
        }
        base = server.hasSuffix("/") ? String(server.dropLast()) : server
        self.apiKey = apiKey
    }

    /// - Parameter seconds: time for the server to answer.
    /// - Throws: ``APIFailure`` if there is no server or the server reports a problem.
    func send(
        _ method: HTTPMethod, _ path: String, body: Data? = nil,
        headers: [(String, String)] = [], seconds: Double = 60
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "User-Agent", value: "codebox/\(Version.text)")
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let apiKey { request.headers.add(name: "Authorization", value: "Bearer \(apiKey)") }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(data: body))
        }
        let (status, bytes) = try await exchange(request, seconds: seconds)
        guard (200..<300).contains(status) else { throw APIFailure(status: status, body: bytes) }
        return Answer(status: status, body: bytes)
    }

    private func exchange(_ request: HTTPClientRequest, seconds: Double) async throws -> (Int, Data)
    {
        do {
            let response = try await Self.http.execute(
                request, timeout: .milliseconds(Int64(seconds * 1000)))
            let body = try await response.body.collect(upTo: Self.maximumAnswerBytes)
            return (Int(response.status.code), Data(buffer: body))
        } catch let error where !(error is CancellationError) {
            throw APIFailure.unreachable(base, error)
        }
    }
}

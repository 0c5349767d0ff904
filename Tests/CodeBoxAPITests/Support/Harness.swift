import CodeBoxCore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing

@testable import CodeBoxAPI
@testable import CodeBoxHTTP

/// The API in front of a scripted service, and short ways to call it.
struct Harness {
    var client: any TestClientProtocol
    var service: ScriptedJobService
    var api: APIServer

    /// Starts the API for as long as `test` runs.
    static func with(
        _ setup: TestingSetup = .router, service: ScriptedJobService = ScriptedJobService(),
        options: APIOptions = APIOptions(version: "1.2.3"),
        _ test: @Sendable (Harness) async throws -> Void
    ) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let api = try APIServer(
            runs: service, jobs: service, status: service, options: options, logger: logger)
        try await api.application().test(setup) { client in
            try await test(Harness(client: client, service: service, api: api))
        }
    }

    /// Starts the API as `codebox` does, on any port, for as long as `test` runs. The servers of
    /// HummingbirdTesting do not bound connections.
    static func listening(
        _ options: APIOptions, service: ScriptedJobService = ScriptedJobService(),
        _ test: @Sendable (APIServer, _ port: Int) async throws -> Void
    ) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        var options = options
        options.port = 0
        let api = try APIServer(
            runs: service, jobs: service, status: service, options: options, logger: logger)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = Task {
            try await api.application { port.yield($0) }.run()
        }
        defer { server.cancel() }
        let bound = try #require(await ports.first { _ in true })
        try await test(api, bound)
        server.cancel()
        _ = await server.result
    }

    /// Sends a request, and sees to what is true of all: its status is in the OpenAPI document, and
    /// an error is a problem.
    func send(
        _ method: HTTPRequest.Method, _ uri: String, headers: HTTPFields = [:], body: [UInt8]? = nil
    ) async throws -> Answer {
        let response = try await client.executeRequest(
            uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) })
        let answer = Answer(response)
        try OpenAPIDocument.shared.check(answer, to: method, uri)
        return answer
    }

    func get(_ uri: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, uri, headers: headers)
    }

    func post(_ uri: String, _ body: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await post(uri, Array(body.utf8), headers: headers)
    }

    func post(_ uri: String, _ body: [UInt8], headers: HTTPFields = [:]) async throws -> Answer {
        var headers = headers
        if headers[.contentType] == nil { headers[.contentType] = "application/json" }
        return try await send(.post, uri, headers: headers, body: body)
    }
}

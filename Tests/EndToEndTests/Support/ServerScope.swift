import Foundation
import Glibc
import Testing

/// Gives a suite one server for all its tests, and checks at the end that they left nothing behind.
struct ServerScope: SuiteTrait, TestScoping {
    var arguments: [String] = []
    var environment: [String: String] = [:]

    @TaskLocal static var current: CodeBoxServer?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
    ) async throws {
        // A descriptor without close-on-exec, held by the whole chain down to the warden.
        let secret = open("/etc/hostname", O_RDONLY)
        defer { close(secret) }
        let server = try await CodeBoxServer(
            arguments: arguments, environment: environment, leaking: secret)
        let leftovers = try await Leftovers(of: server)
        do {
            try await Self.$current.withValue(server) { try await body() }
        } catch {
            await server.kill9()
            throw error
        }
        await leftovers.checkWhileIdle()
        do {
            try await server.stop()
        } catch {
            Issue.record(error)
        }
        await leftovers.checkAfterEnd()
        server.scratch.remove()
    }
}

extension Trait where Self == ServerScope {
    static var server: Self { ServerScope() }
    static func server(arguments: [String] = [], environment: [String: String] = [:]) -> Self {
        ServerScope(arguments: arguments, environment: environment)
    }
}

/// The server of the suite the calling test belongs to.
var server: CodeBoxServer {
    get throws { try #require(ServerScope.current, "the suite lacks the trait .server") }
}

/// Runs a job on the suite's server through `POST /v1/run`.
func run(_ job: JobBody) async throws -> JobAnswer {
    try await server.api.run(job)
}

import Testing

/// A server of the test's own, for tests that end it in ways of their own; nothing of it may be
/// left.
func withServer(
    scratch: Scratch? = nil, arguments: [String] = [], environment: [String: String] = [:],
    _ body: (CodeBoxServer) async throws -> Void
) async throws {
    let scratch = try scratch ?? Scratch()
    let server = try await CodeBoxServer(
        scratch: scratch, arguments: arguments, environment: environment)
    do {
        let leftovers = try await Leftovers(of: server)
        try await body(server)
        if !server.process.hasExited { try await server.stop() }
        await leftovers.checkAfterEnd()
        scratch.remove()
    } catch {
        await server.kill9()
        scratch.remove()
        throw APIClient.Unexpected(description: "\(error)\(server.log)")
    }
}

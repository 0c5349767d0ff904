import Testing

/// Starts a server for a test that ends it in its own way, and checks that nothing of it remains.
func withServer(
    scratch: Scratch? = nil, arguments: [String] = [], environment: [String: String] = [:],
    user: OrdinaryUser? = nil, _ body: (CodeBoxServer) async throws -> Void
) async throws {
    let scratch = try scratch ?? Scratch()
    let server = try await CodeBoxServer(
        scratch: scratch, arguments: arguments, environment: environment, user: user)
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

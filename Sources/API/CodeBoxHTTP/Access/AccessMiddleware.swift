import CodeBoxCore
import HTTPTypes
import Hummingbird

/// Authenticates requests.
///
/// With API keys, a request must present one, except on an open route. Without keys, a request must
/// address this machine by a loopback name, so that a web page can't reach the API through a DNS
/// name that points here.
struct AccessMiddleware: RouterMiddleware {
    let keys: APIKeys
    let table: RouteTable
    let failures: FailedKeys

    /// HTTP's codec moves the first `Host` header to the request's authority and leaves any other.
    private static let host = HTTPField.Name("Host")!

    func handle(
        _ request: Request, context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let authority = request.head.authority ?? "localhost"
        guard let host = LoopbackRule.host(ofAuthority: authority),
            !request.headers.contains(Self.host)
        else {
            throw Problem(
                .malformedRequest, "send one Host header, with a host and perhaps a port",
                field: "Host")
        }
        if keys.isEmpty {
            guard LoopbackRule.isLoopback(host) else {
                throw Problem(
                    .misdirectedRequest,
                    "a server without API keys answers requests to a loopback name only, not to "
                        + "'\(host)'")
            }
            try OriginRule.check(request.headers, authority: authority)
            context.isAuthenticated = true
        } else if let principal = principal(of: request) {
            context.principal = principal
            context.isAuthenticated = true
        } else if request.headers[.authorization] != nil {
            try await refuseKey(request, context)
        } else if !table.isOpen(path: request.uri.path) {
            throw Problem(.unauthorized, "send an API key as 'Authorization: Bearer <key>'")
        }
        return try await next(request, context)
    }

    /// Refuses a key that is unknown, late and for good. An open route does not need the key.
    private func refuseKey(_ request: Request, _ context: APIContext) async throws {
        if table.isOpen(path: request.uri.path) { return }
        await failures.slow(context.channel, logger: context.logger)
        var problem = Problem(.unauthorized, "unknown API key")
        problem.headers[.connection] = "close"
        throw problem
    }

    /// Returns the principal of the key that the request presents; nil if it presents none or an
    /// unknown one.
    private func principal(of request: Request) -> Principal? {
        guard let value = request.headers[.authorization] else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return keys.principal(of: parts[1])
    }
}

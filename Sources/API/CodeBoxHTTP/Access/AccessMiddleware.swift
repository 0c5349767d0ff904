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

    func handle(
        _ request: Request, context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if keys.isEmpty {
            let host = LoopbackRule.host(ofAuthority: request.head.authority ?? "localhost")
            guard LoopbackRule.isLoopback(host) else {
                throw Problem(
                    .misdirectedRequest,
                    "a server without API keys answers requests to a loopback name only, not to "
                        + "'\(host)'")
            }
            context.isAuthenticated = true
        } else if let principal = principal(of: request) {
            context.principal = principal
            context.isAuthenticated = true
        } else if !table.isOpen(path: request.uri.path) {
            throw Problem(
                .unauthorized,
                request.headers[.authorization] == nil
                    ? "send an API key as 'Authorization: Bearer <key>'" : "unknown API key")
        }
        return try await next(request, context)
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

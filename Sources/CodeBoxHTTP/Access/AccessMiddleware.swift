import HTTPTypes
package import Hummingbird

/// Lets in who may come in.
///
/// With API keys: whoever shows one. Without: whoever addresses this machine by a loopback name, so
/// that a web page can't reach the API through a DNS name it has pointed here.
package struct AccessMiddleware: RouterMiddleware {
    let keys: APIKeys

    package func handle(
        _ request: Request, context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        if keys.isEmpty {
            let host = LoopbackRule.host(ofAuthority: request.head.authority ?? "localhost")
            guard LoopbackRule.isLoopback(host) else {
                throw Problem(
                    .misdirectedRequest,
                    "without API keys only requests to a loopback name are answered, not to '\(host)'"
                )
            }
        } else if !APIRoute.isOpen(path: request.uri.path), !isAuthorized(request) {
            throw Problem(
                .unauthorized,
                request.headers[.authorization] == nil
                    ? "send an API key as 'Authorization: Bearer <key>'"
                    : "the API key is not known")
        }
        return try await next(request, context)
    }

    func isAuthorized(_ request: Request) -> Bool {
        guard let value = request.headers[.authorization] else { return keys.isEmpty }
        let parts = value.split(separator: " ", maxSplits: 1)
        return parts.count == 2 && parts[0].lowercased() == "bearer" && keys.contains(parts[1])
    }
}

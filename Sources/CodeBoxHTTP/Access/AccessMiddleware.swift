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
        var context = context
        if keys.isEmpty {
            let host = LoopbackRule.host(ofAuthority: request.head.authority ?? "localhost")
            guard LoopbackRule.isLoopback(host) else {
                throw Problem(
                    .misdirectedRequest,
                    "without API keys only requests to a loopback name are answered, not to '\(host)'"
                )
            }
        } else if let options = keyOptions(request) {
            context.key = options
        } else if !APIRoute.isOpen(path: request.uri.path) {
            throw Problem(
                .unauthorized,
                request.headers[.authorization] == nil
                    ? "send an API key as 'Authorization: Bearer <key>'"
                    : "the API key is not known")
        }
        return try await next(request, context)
    }

    /// Whether the request may see more than whether the service works.
    func isAuthorized(_ request: Request) -> Bool {
        request.headers[.authorization] == nil ? keys.isEmpty : keyOptions(request) != nil
    }

    /// Those of the key that the request shows; nil if it shows none that is known.
    private func keyOptions(_ request: Request) -> APIKeyOptions? {
        guard let value = request.headers[.authorization] else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return keys.options(of: parts[1])
    }
}

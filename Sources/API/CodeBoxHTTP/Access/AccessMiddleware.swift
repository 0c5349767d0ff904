import CodeBoxCore
import HTTPTypes
import Hummingbird

/// Authenticates requests.
///
/// With API keys, a request must present one, except on an open route. Without keys, a request must
/// address this machine by a loopback name, so that a web page can't reach the API through a DNS
/// name that points here.
struct AccessMiddleware: RouterMiddleware {
    let rule: AccessRule
    let table: RouteTable
    let failures: FailedKeys

    func handle(
        _ request: Request, context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        switch try rule.check(request.head) {
        case .admitted(let principal):
            context.principal = principal
            context.isAuthenticated = true
        case .unknownKey: try await refuseKey(request, context)
        case .noKey:
            guard table.isOpen(path: request.uri.path) else {
                throw Problem(.unauthorized, "send an API key as 'Authorization: Bearer <key>'")
            }
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
}

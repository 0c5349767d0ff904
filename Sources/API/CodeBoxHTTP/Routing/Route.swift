package import HTTPTypes
package import Hummingbird

/// One operation of the API: its method, path and scope, and the function that answers.
package struct Route: Sendable {
    package typealias Handler = @Sendable (Request, APIContext) async throws -> Response

    package let method: HTTPRequest.Method
    /// The path with its parameters in braces, as both OpenAPI and the router write them.
    package let path: String
    package let scope: RouteScope
    let handler: Handler
    /// Answers the usual requests in place of the handler; nil for most routes.
    let direct: DirectRoute?

    package init(
        _ method: HTTPRequest.Method, _ path: String, scope: RouteScope,
        direct: DirectRoute? = nil, _ handler: @escaping Handler
    ) {
        self.direct = direct
        self.method = method
        self.path = path
        self.scope = scope
        self.handler = handler
    }

    /// Whether a request's path is this route's. Empty parts are ignored, as the router does.
    func matches(_ requested: String) -> Bool {
        let parts = path.split(separator: "/")
        let others = requested.split(separator: "/")
        return parts.count == others.count
            && zip(parts, others).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
    }
}

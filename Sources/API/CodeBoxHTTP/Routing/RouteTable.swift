import HTTPTypes
import Hummingbird

/// All routes. The router, the access check and the `Allow` header go by this list.
struct RouteTable: Sendable {
    let routes: [Route]
    private let openPaths: Set<String>

    init(_ routes: [Route]) {
        self.routes = routes
        openPaths = Set(routes.filter { $0.scope == .open }.map(\.path))
    }

    /// Whether the path answers without an API key.
    func isOpen(path: String) -> Bool {
        openPaths.contains(path)
    }

    func register(on router: Router<APIContext>) {
        for route in routes {
            router.on(RouterPath(route.path), method: route.method, use: route.handler)
        }
    }

    /// The problem of a request that no route answers: 405 with `Allow` if only the method is
    /// wrong, else 404.
    func problem(forUnrouted request: Request) -> Problem {
        let path = request.uri.path
        let methods = routes.filter { $0.matches(path) }.map(\.method)
        guard !methods.isEmpty else {
            return Problem(.notFound, "no route has the path \(path); see /openapi.json")
        }
        let allowed = (methods + (methods.contains(.get) ? [.head] : [])).map(\.rawValue)
            .joined(separator: ", ")
        var problem = Problem(
            .methodNotAllowed, "\(path) accepts \(allowed), not \(request.method)")
        problem.headers[.allow] = allowed
        return problem
    }
}

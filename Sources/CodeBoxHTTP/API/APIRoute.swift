package import HTTPTypes
import Hummingbird

/// Every route there is. The router, the `Allow` header and the OpenAPI test all go by this list.
package enum APIRoute: CaseIterable, Sendable {
    case submitJob
    case listJobs
    case showJob
    case cancelJob
    case run
    case batch
    case runtimes
    case health
    case readiness
    case metrics
    case openAPI

    package var method: HTTPRequest.Method {
        switch self {
        case .submitJob, .run, .batch: .post
        case .cancelJob: .delete
        case .listJobs, .showJob, .runtimes, .health, .readiness, .metrics, .openAPI:
            .get
        }
    }

    /// With parameters in braces, as OpenAPI and the router both write them.
    package var path: String {
        switch self {
        case .submitJob, .listJobs: "/v1/jobs"
        case .showJob, .cancelJob: "/v1/jobs/{id}"
        case .run: "/v1/run"
        case .batch: "/v1/batch"
        case .runtimes: "/v1/runtimes"
        case .health: "/healthz"
        case .readiness: "/readyz"
        case .metrics: "/metrics"
        case .openAPI: "/openapi.json"
        }
    }

    /// Whether it answers without an API key.
    static func isOpen(path: String) -> Bool {
        path == APIRoute.health.path || path == APIRoute.readiness.path
            || path == APIRoute.openAPI.path
    }

    /// 405 with `Allow` where only the method is wrong, else 404.
    static func problem(forUnrouted request: Request) -> Problem {
        let methods = allCases.filter { $0.matches(request.uri.path) }.map(\.method)
        guard !methods.isEmpty else {
            return Problem(
                .notFound, "no route has the path \(request.uri.path); see /openapi.json")
        }
        let allowed = (methods + (methods.contains(.get) ? [.head] : [])).map(\.rawValue)
        var problem = Problem(
            .methodNotAllowed,
            "\(request.uri.path) takes \(allowed.joined(separator: ", ")), not \(request.method)")
        problem.headers[.allow] = allowed.joined(separator: ", ")
        return problem
    }

    /// Part by part as the router does, empty parts left out.
    private func matches(_ requested: String) -> Bool {
        let parts = path.split(separator: "/")
        let others = requested.split(separator: "/")
        return parts.count == others.count
            && zip(parts, others).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
    }
}

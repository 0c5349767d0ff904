import CodeBoxCore
import HTTPTypes
import Hummingbird
import Logging

/// Turns every error into problem details, and writes the request's log line.
///
/// This is the outermost middleware, so that no error leaves the API in another shape.
struct ProblemMiddleware: RouterMiddleware {
    let table: RouteTable

    func handle(
        _ request: Request, context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        // Costs the hot path one comparison while debug lines are off.
        let start = context.logger.logLevel <= .debug ? clock.now : nil
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let problem = problem(for: error, request: request)
            Self.log(problem, request: request, logger: context.logger)
            response = problem.response(to: request, instance: context.instance)
        }
        response.headers.append(contentsOf: ResponseSafety.fields)
        if let start {
            context.logger.debug(
                "request",
                metadata: [
                    "method": .string(request.method.rawValue), "path": .string(request.uri.path),
                    "status": .stringConvertible(response.status.code),
                    "us": .stringConvertible((clock.now - start) / .microseconds(1)),
                ])
        }
        return response
    }

    private func problem(for error: any Error, request: Request) -> Problem {
        switch error {
        case let problem as Problem: problem
        case let error as CodeBoxError: Problem(error)
        case let error as HTTPError where error.status == .notFound:
            table.problem(forUnrouted: request)
        default: Problem(unexpected: error)
        }
    }

    /// Logs a problem that is the server's fault; only such a one deserves more than a debug line.
    private static func log(_ problem: Problem, request: Request, logger: Logger) {
        guard problem.status.kind == .serverError, problem.code != .notReady,
            problem.code != .overloaded
        else { return }
        let level: Logger.Level = problem.status == .internalServerError ? .error : .warning
        logger.log(
            level: level, "request failed",
            metadata: [
                "method": .string(request.method.rawValue), "path": .string(request.uri.path),
                "code": .string(problem.code.rawValue),
                "error": .string(problem.cause.map { String(describing: $0) } ?? problem.detail),
            ])
    }
}

extension Problem {
    /// Makes the response, without a body if HTTP allows none.
    func response(to request: Request, instance: String) -> Response {
        var headers = headers
        headers[.contentType] = "application/problem+json"
        let response = Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: json(instance: instance)))
        return request.method == .head ? response.createHeadResponse() : response
    }
}

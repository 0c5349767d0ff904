import CodeBoxCore
import HTTPTypes
package import Hummingbird
import Logging

/// Turns everything that is thrown into problem details, and writes the request's log line.
///
/// Outermost, so that nothing leaves the API in another shape.
package struct ProblemMiddleware: RouterMiddleware {
    package func handle(
        _ request: Request, context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        // One comparison on the hot path where debug lines are off.
        let start = context.logger.logLevel <= .debug ? clock.now : nil
        let response: Response
        do {
            response = try await next(request, context)
        } catch {
            let problem = Self.problem(for: error, request: request)
            Self.log(problem, request: request, logger: context.logger)
            response = problem.response(to: request, instance: context.instance)
        }
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

    private static func problem(for error: any Error, request: Request) -> Problem {
        switch error {
        case let problem as Problem: problem
        case let error as CodeBoxError: Problem(error)
        case let error as HTTPError where error.status == .notFound:
            APIRoute.problem(forUnrouted: request)
        default: Problem(unexpected: error)
        }
    }

    /// Only what the server is to blame for is worth a line above debug.
    private static func log(_ problem: Problem, request: Request, logger: Logger) {
        guard problem.status.kind == .serverError, problem.code != .notReady else { return }
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
    /// The answer; without a body where HTTP allows none.
    func response(to request: Request, instance: String) -> Response {
        var headers = headers
        headers[.contentType] = "application/problem+json"
        let response = Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: json(instance: instance)))
        return request.method == .head ? response.createHeadResponse() : response
    }
}

import CodeBoxCore
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

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
            problem.log(
                method: request.method, path: request.uri.path, logger: context.logger)
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
        if let error = error as? HTTPError, error.status == .notFound {
            return table.problem(forUnrouted: request)
        }
        return Problem(any: error)
    }
}

extension Problem {
    /// The problem that an error is to the client.
    init(any error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as CodeBoxError: self.init(error)
        default: self.init(unexpected: error)
        }
    }

    /// Logs a problem that is the server's fault; only such a one deserves more than a debug line.
    func log(method: HTTPRequest.Method, path: String, logger: Logger) {
        guard status.kind == .serverError, code != .notReady, code != .overloaded else { return }
        let level: Logger.Level = status == .internalServerError ? .error : .warning
        logger.log(
            level: level, "request failed",
            metadata: [
                "method": .string(method.rawValue), "path": .string(path),
                "code": .string(code.rawValue),
                "error": .string(cause.map { String(describing: $0) } ?? detail),
            ])
    }

    /// Makes the headers and the body of a response.
    func document(instance: String) -> (headers: HTTPFields, body: ByteBuffer) {
        var headers = headers
        headers[.contentType] = "application/problem+json"
        return (headers, json(instance: instance))
    }

    /// Makes the response, without a body if HTTP allows none.
    func response(to request: Request, instance: String) -> Response {
        let (headers, body) = document(instance: instance)
        let response = Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: body))
        return request.method == .head ? response.createHeadResponse() : response
    }
}

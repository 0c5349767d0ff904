import CodeBoxCore
import HTTPTypes
import Hummingbird
import NIOCore

extension JobRoutes {
    /// The job that a request's body asks for.
    func spec(in request: Request) async throws -> JobSpec {
        try JobRequestDecoder.decode(try await json(in: request))
    }

    /// The body of a request that must be JSON, and have no query.
    func json(in request: Request) async throws -> ByteBuffer {
        _ = try QueryParameters(request.uri.query)
        try Self.checkType(request.headers)
        return try await body(of: request)
    }

    /// JSON must be said to be JSON. Without that, any web page could post jobs to its visitor's own
    /// machine: browsers send other types, or none, to any origin without asking it first.
    private static func checkType(_ headers: HTTPFields) throws(Problem) {
        // As nearly everyone sends it.
        if headers[.contentType] == "application/json", headers[.contentEncoding] == nil { return }
        let parts = (headers[.contentType] ?? "").lowercased().split(separator: ";")
            .map { $0.filter { !$0.isWhitespace } }
        guard parts.first == "application/json" else {
            throw Problem(
                .unsupportedMediaType, "send the job as 'Content-Type: application/json'",
                field: "Content-Type")
        }
        let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst(
            "charset=".count)
        guard charset.map({ ["utf-8", "\"utf-8\""].contains($0) }) ?? true else {
            throw Problem(
                .unsupportedMediaType, "JSON is UTF-8, nothing else", field: "Content-Type")
        }
        guard (headers[.contentEncoding] ?? "identity").lowercased() == "identity" else {
            throw Problem(
                .unsupportedMediaType, "send the body uncompressed", field: "Content-Encoding")
        }
    }

    private func body(of request: Request) async throws(Problem) -> ByteBuffer {
        let maximum = options.maximumBodyBytes
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= maximum else { throw tooLarge() }
        do {
            return try await request.body.collect(upTo: maximum)
        } catch is NIOTooManyBytesError {
            throw tooLarge()
        } catch {
            var problem = Problem(.malformedRequest, "the body did not arrive whole")
            problem.cause = error
            throw problem
        }
    }

    private func tooLarge() -> Problem {
        Problem(.bodyTooLarge, "a body has at most \(options.maximumBodyBytes) bytes")
    }
}

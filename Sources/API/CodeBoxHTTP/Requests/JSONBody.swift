import HTTPTypes
package import Hummingbird
package import NIOCore

/// Reads the bodies of requests that must be JSON.
package struct JSONBody: Sendable {
    private let maximumBytes: Int

    package init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    /// Reads the body of a request that must be JSON and have no query.
    /// - Throws: ``Problem`` if it is neither, or too large.
    package func bytes(of request: Request) async throws -> ByteBuffer {
        _ = try QueryParameters(request.uri.query)
        try Self.checkType(request.headers)
        return try await collect(request)
    }

    /// Checks that the headers declare JSON. Otherwise any web page could post jobs to its
    /// visitor's own machine: browsers send other types, or none, to any origin without asking it
    /// first.
    static func checkType(_ headers: HTTPFields) throws(Problem) {
        // Nearly every client sends exactly this.
        if headers[.contentType] == "application/json", headers[.contentEncoding] == nil { return }
        let parts = (headers[.contentType] ?? "").lowercased().split(separator: ";")
            .map { $0.filter { !$0.isWhitespace } }
        guard parts.first == "application/json" else {
            throw Problem(
                .unsupportedMediaType, "send the body as 'Content-Type: application/json'",
                field: "Content-Type")
        }
        let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst(
            "charset=".count)
        guard charset.map({ ["utf-8", "\"utf-8\""].contains($0) }) ?? true else {
            throw Problem(
                .unsupportedMediaType, "send JSON as UTF-8", field: "Content-Type")
        }
        guard (headers[.contentEncoding] ?? "identity").lowercased() == "identity" else {
            throw Problem(
                .unsupportedMediaType, "send the body uncompressed", field: "Content-Encoding")
        }
    }

    /// Whether a body may have that many bytes.
    func allows(_ bytes: Int) -> Bool { bytes <= maximumBytes }

    private func collect(_ request: Request) async throws(Problem) -> ByteBuffer {
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard allows(announced) else { throw tooLarge() }
        do {
            return try await request.body.collect(upTo: maximumBytes)
        } catch is NIOTooManyBytesError {
            throw tooLarge()
        } catch {
            var problem = Problem(.malformedRequest, "the body did not arrive completely")
            problem.cause = error
            throw problem
        }
    }

    private func tooLarge() -> Problem {
        Problem(.bodyTooLarge, "the maximum size of a body is \(maximumBytes) bytes")
    }
}

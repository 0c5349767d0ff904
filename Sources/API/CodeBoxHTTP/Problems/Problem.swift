package import CodeBoxCore
package import CodeBoxJSON
package import HTTPTypes
import NIOCore

/// An error as clients see it: problem details (RFC 9457).
package struct Problem: Error {
    /// Where a text stops being JSON. Lines and columns count from 1; columns are bytes.
    package struct Position: Hashable {
        var offset: Int
        var line: Int
        var column: Int
    }

    /// One of the readiness checks of a `not_ready` problem.
    package struct Check: Hashable {
        package var name: String
        package var isReady: Bool
        package var detail: String

        package init(name: String, isReady: Bool, detail: String) {
            self.name = name
            self.isReady = isReady
            self.detail = detail
        }
    }

    package let code: ProblemCode
    package var detail: String
    package var faults: [FieldFault] = []
    package var allowed: ClosedRange<Double>?
    var position: Position?
    package var checks: [Check] = []
    package var headers: HTTPFields = [:]
    /// The underlying error. It is logged, never sent to the client.
    package var cause: (any Error)?

    package var status: HTTPResponse.Status { code.status }

    package init(_ code: ProblemCode, _ detail: String, field: String? = nil) {
        self.code = code
        self.detail = detail
        if let field { faults = [FieldFault(field: field, message: detail)] }
        if let seconds = code.retryAfterSeconds { headers[.retryAfter] = String(seconds) }
        if code == .unauthorized { headers[.wwwAuthenticate] = "Bearer realm=\"codebox\"" }
        // The rest of the body is not read, so the connection can't carry another request.
        if code == .bodyTooLarge { headers[.connection] = "close" }
    }

    /// - Parameter faults: at least one.
    package init(_ faults: [FieldFault]) {
        let texts = faults.prefix(3).map {
            $0.field.isEmpty ? $0.message : "\($0.field): \($0.message)"
        }
        let more = faults.count > 3 ? "; and \(faults.count - 3) more" : ""
        self.init(.invalidRequest, texts.joined(separator: "; ") + more)
        self.faults = faults
    }

    package init(_ error: CodeBoxError) {
        let code = ProblemCode(error.code)
        let detail = code.publicDetail ?? error.message
        self.init(code, detail, field: error.field)
        allowed = error.allowed
        cause = error
    }

    /// Wraps an unexpected error. Details are logged, never sent to the client.
    init(unexpected error: any Error) {
        self.init(CodeBoxError(.internalError, ""))
        cause = error
    }

    package init(_ error: JSONSyntaxError, in text: UnsafeRawBufferPointer) {
        let before = text[..<min(error.offset, text.count)]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let position = Position(
            offset: error.offset, line: before.count { $0 == UInt8(ascii: "\n") } + 1,
            column: error.offset - lineStart + 1)
        self.init(
            .malformedJSON,
            "\(error.message), at line \(position.line), column \(position.column)")
        self.position = position
    }

    /// Writes the problem as a document.
    /// - Parameter instance: names this one occurrence, as the log does.
    func json(instance: String) -> ByteBuffer {
        var writer = JSONWriter(capacity: 512)
        writer.object { write(to: &$0, instance: instance) }
        return ByteBuffer(bytes: writer.bytes)
    }

    /// Writes the problem's fields.
    package func write(to writer: inout JSONWriter, instance: String) {
        writer.field("type", "urn:codebox:problem:\(code.rawValue)")
        writer.field("title", code.title)
        writer.field("status", status.code)
        writer.field("detail", detail)
        writer.field("instance", instance)
        writer.field("code", code.rawValue)
        writeExtensions(to: &writer)
    }

    /// Writes the fields that only some problems have.
    private func writeExtensions(to writer: inout JSONWriter) {
        if let first = faults.first {
            writer.field("field", first.field)
            writer.field("errors", objects: faults) { writer, fault in
                writer.field("field", fault.field)
                writer.field("message", fault.message)
            }
        }
        if let allowed {
            writer.field("minimum", allowed.lowerBound)
            writer.field("maximum", allowed.upperBound)
        }
        if let position {
            writer.field("position", object: position) { writer, position in
                writer.field("offset", position.offset)
                writer.field("line", position.line)
                writer.field("column", position.column)
            }
        }
        if !checks.isEmpty { writer.field("checks", objects: checks) { $0.check($1) } }
    }
}

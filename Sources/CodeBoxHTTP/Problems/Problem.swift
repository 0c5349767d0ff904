import CodeBoxCore
package import HTTPTypes
import NIOCore

/// An error as clients see it: problem details (RFC 9457).
package struct Problem: Error {
    /// Where a text stops being JSON; lines and columns count from 1, columns in bytes.
    struct Position: Hashable {
        var offset: Int
        var line: Int
        var column: Int
    }

    /// One of the readiness checks, on a `not_ready` problem.
    struct Check: Hashable {
        var name: String
        var isReady: Bool
        var detail: String
    }

    let code: ProblemCode
    var detail: String
    var faults: [FieldFault] = []
    var allowed: ClosedRange<Double>?
    var position: Position?
    var checks: [Check] = []
    var headers: HTTPFields = [:]
    /// What is for the log only.
    var cause: (any Error)?

    package var status: HTTPResponse.Status { code.status }

    init(_ code: ProblemCode, _ detail: String, field: String? = nil) {
        self.code = code
        self.detail = detail
        if let field { faults = [FieldFault(field: field, message: detail)] }
        if let seconds = code.retryAfterSeconds { headers[.retryAfter] = String(seconds) }
        if code == .unauthorized { headers[.wwwAuthenticate] = "Bearer realm=\"codebox\"" }
        // What is left of the body is not read, so the connection can't carry another request.
        if code == .bodyTooLarge { headers[.connection] = "close" }
    }

    /// - Parameter faults: at least one.
    init(_ faults: [FieldFault]) {
        let texts = faults.prefix(3).map {
            $0.field.isEmpty ? $0.message : "\($0.field): \($0.message)"
        }
        let more = faults.count > 3 ? "; and \(faults.count - 3) more" : ""
        self.init(.invalidRequest, texts.joined(separator: "; ") + more)
        self.faults = faults
    }

    init(_ error: CodeBoxError) {
        let code = ProblemCode(error.code)
        let detail =
            code == .internalError
            ? "The server's log says more; quote this answer's instance to its admin."
            : error.message
        self.init(code, detail, field: error.field)
        allowed = error.allowed
        cause = error
    }

    /// For what nobody foresaw; tells the client nothing of it.
    init(unexpected error: any Error) {
        self.init(CodeBoxError(.internalError, ""))
        cause = error
    }

    init(_ error: JSONSyntaxError, in text: UnsafeRawBufferPointer) {
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

    /// - Parameter instance: names this one occurrence, as the log does.
    func json(instance: String) -> ByteBuffer {
        var writer = JSONWriter(capacity: 512)
        write(to: &writer, instance: instance)
        return writer.buffer
    }

    /// As ``json(instance:)``, amid another document.
    func write(to writer: inout JSONWriter, instance: String) {
        writer.beginObject()
        writer.key("type")
        writer.string("urn:codebox:problem:\(code.rawValue)")
        writer.key("title")
        writer.string(code.title)
        writer.key("status")
        writer.integer(status.code)
        writer.key("detail")
        writer.string(detail)
        writer.key("instance")
        writer.string(instance)
        writer.key("code")
        writer.string(code.rawValue)
        writeExtensions(to: &writer)
        writer.endObject()
    }

    /// Members that only some problems have.
    private func writeExtensions(to writer: inout JSONWriter) {
        if let first = faults.first {
            writer.key("field")
            writer.string(first.field)
            writer.key("errors")
            writer.array(faults) { writer, fault in
                writer.key("field")
                writer.string(fault.field)
                writer.key("message")
                writer.string(fault.message)
            }
        }
        if let allowed {
            writer.key("minimum")
            writer.number(allowed.lowerBound)
            writer.key("maximum")
            writer.number(allowed.upperBound)
        }
        if let position {
            writer.key("position")
            writer.beginObject()
            writer.key("offset")
            writer.integer(position.offset)
            writer.key("line")
            writer.integer(position.line)
            writer.key("column")
            writer.integer(position.column)
            writer.endObject()
        }
        if !checks.isEmpty {
            writer.key("checks")
            writer.array(checks) { $0.check($1) }
        }
    }
}

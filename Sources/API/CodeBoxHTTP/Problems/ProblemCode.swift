package import CodeBoxCore
package import HTTPTypes

/// What went wrong, for programs: the `code` of a problem. Each code always has the same HTTP
/// status.
package enum ProblemCode: String, CaseIterable, Sendable {
    // Found by the HTTP edge.
    case malformedRequest = "malformed_request"
    case malformedJSON = "malformed_json"
    case unauthorized
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case requestTimeout = "request_timeout"
    case bodyTooLarge = "body_too_large"
    case unsupportedMediaType = "unsupported_media_type"
    case misdirectedRequest = "misdirected_request"
    case crossOrigin = "cross_origin"
    case overloaded
    case notReady = "not_ready"
    // Codes of `CodeBoxError`, by the same names. A code that is not here is an internal error.
    case invalidRequest = "invalid_request"
    case limitOutOfRange = "limit_out_of_range"
    case unknownRuntime = "unknown_runtime"
    case runtimeNotBuilt = "runtime_not_built"
    case jobNotFound = "job_not_found"
    case jobFinished = "job_finished"
    case queueFull = "queue_full"
    case shuttingDown = "shutting_down"
    case wardenUnavailable = "warden_unavailable"
    case sandboxFailed = "sandbox_failed"
    case storeFailed = "store_failed"
    case internalError = "internal_error"

    package init(_ code: CodeBoxError.Code) {
        self = ProblemCode(rawValue: code.rawValue) ?? .internalError
    }

    private struct Row {
        let status: HTTPResponse.Status
        let title: String
        let retryAfterSeconds: Int?
        let publicDetail: String?

        init(
            _ status: HTTPResponse.Status, _ title: String, retryAfter seconds: Int? = nil,
            publicDetail: String? = nil
        ) {
            self.status = status
            self.title = title
            retryAfterSeconds = seconds
            self.publicDetail = publicDetail
        }
    }

    private var row: Row {
        switch self {
        case .malformedRequest: Row(.badRequest, "Malformed request")
        case .malformedJSON: Row(.badRequest, "Malformed JSON")
        case .unauthorized: Row(.unauthorized, "API key required")
        case .notFound: Row(.notFound, "Not found")
        case .methodNotAllowed: Row(.methodNotAllowed, "Method not allowed")
        case .requestTimeout: Row(.requestTimeout, "Request timed out")
        case .bodyTooLarge: Row(.contentTooLarge, "Body too large")
        case .unsupportedMediaType: Row(.unsupportedMediaType, "Unsupported media type")
        case .misdirectedRequest: Row(.misdirectedRequest, "Misdirected request")
        case .crossOrigin: Row(.forbidden, "Cross-origin request")
        case .overloaded: Row(.serviceUnavailable, "Server overloaded", retryAfter: 1)
        case .notReady: Row(.serviceUnavailable, "Not ready", retryAfter: 5)
        case .invalidRequest: Row(.unprocessableContent, "Invalid request")
        case .limitOutOfRange: Row(.unprocessableContent, "Value out of range")
        case .unknownRuntime: Row(.unprocessableContent, "Unknown runtime")
        case .runtimeNotBuilt: Row(.serviceUnavailable, "Runtime not built")
        case .jobNotFound: Row(.notFound, "Job not found")
        case .jobFinished: Row(.conflict, "Job already finished")
        case .queueFull: Row(.tooManyRequests, "Queue full", retryAfter: 1)
        case .shuttingDown: Row(.serviceUnavailable, "Server shutting down", retryAfter: 5)
        case .wardenUnavailable: Row(.serviceUnavailable, "Sandboxes unavailable", retryAfter: 1)
        case .sandboxFailed: Row(.internalServerError, "Sandbox setup failed")
        case .storeFailed:
            Row(
                .internalServerError, "Job store failed",
                publicDetail: "the job store can't read or write; the server's log says why")
        case .internalError:
            Row(
                .internalServerError, "Internal error",
                publicDetail: "see the server's log; give the admin the `instance` of this response"
            )
        }
    }

    package var status: HTTPResponse.Status { row.status }

    /// The same words for every problem of this code.
    package var title: String { row.title }

    /// Seconds after which the client should try again (`Retry-After`); nil if retrying won't help.
    package var retryAfterSeconds: Int? { row.retryAfterSeconds }

    /// What clients read instead of an error's own message, which may name files of the server; nil
    /// if they may read the message.
    var publicDetail: String? { row.publicDetail }
}

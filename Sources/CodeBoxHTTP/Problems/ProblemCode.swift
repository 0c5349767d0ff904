import CodeBoxCore
import HTTPTypes

/// What went wrong, for programs: the `code` of a problem. Each has one HTTP status, always.
enum ProblemCode: String, CaseIterable, Sendable {
    // What the HTTP edge finds.
    case malformedRequest = "malformed_request"
    case malformedJSON = "malformed_json"
    case unauthorized
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case requestTimeout = "request_timeout"
    case bodyTooLarge = "body_too_large"
    case unsupportedMediaType = "unsupported_media_type"
    case misdirectedRequest = "misdirected_request"
    case notReady = "not_ready"
    // What the service answers; see `CodeBoxError.Code`.
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
    case internalError = "internal_error"

    var status: HTTPResponse.Status {
        switch self {
        case .malformedRequest, .malformedJSON: .badRequest
        case .unauthorized: .unauthorized
        case .notFound, .jobNotFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .requestTimeout: .requestTimeout
        case .jobFinished: .conflict
        case .bodyTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .misdirectedRequest: .misdirectedRequest
        case .invalidRequest, .limitOutOfRange, .unknownRuntime: .unprocessableContent
        case .queueFull: .tooManyRequests
        case .sandboxFailed, .internalError: .internalServerError
        case .notReady, .runtimeNotBuilt, .shuttingDown, .wardenUnavailable: .serviceUnavailable
        }
    }

    /// The same words for every problem of this code.
    var title: String {
        switch self {
        case .malformedRequest: "The request is malformed"
        case .malformedJSON: "The body is not valid JSON"
        case .unauthorized: "An API key is needed"
        case .notFound: "There is nothing here"
        case .methodNotAllowed: "The method is not allowed here"
        case .requestTimeout: "The request took too long to arrive"
        case .bodyTooLarge: "The body is too large"
        case .unsupportedMediaType: "The body's type is not supported"
        case .misdirectedRequest: "The request names another host"
        case .notReady: "Not ready to run jobs"
        case .invalidRequest: "The request is not valid"
        case .limitOutOfRange: "A value is out of range"
        case .unknownRuntime: "The runtime is unknown"
        case .runtimeNotBuilt: "The runtime has no image here"
        case .jobNotFound: "There is no such job"
        case .jobFinished: "The job has finished"
        case .queueFull: "The queue is full"
        case .shuttingDown: "The server is shutting down"
        case .wardenUnavailable: "The sandboxes are unavailable"
        case .sandboxFailed: "The sandbox could not be made"
        case .internalError: "Something failed inside"
        }
    }

    /// Seconds after which trying again makes sense (`Retry-After`).
    var retryAfterSeconds: Int? {
        switch self {
        case .queueFull, .wardenUnavailable: 1
        case .shuttingDown, .notReady: 5
        default: nil
        }
    }

    init(_ code: CodeBoxError.Code) {
        switch code {
        case .invalidRequest: self = .invalidRequest
        case .limitOutOfRange: self = .limitOutOfRange
        case .unknownRuntime: self = .unknownRuntime
        case .runtimeNotBuilt: self = .runtimeNotBuilt
        case .jobNotFound: self = .jobNotFound
        case .jobFinished: self = .jobFinished
        case .queueFull: self = .queueFull
        case .shuttingDown: self = .shuttingDown
        case .wardenUnavailable: self = .wardenUnavailable
        case .sandboxFailed: self = .sandboxFailed
        case .storeFailed, .imageFailed, .configurationInvalid, .internalError:
            self = .internalError
        }
    }
}

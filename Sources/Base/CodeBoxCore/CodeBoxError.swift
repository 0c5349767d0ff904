/// An error of CodeBox itself: what happened, to what, and what to do.
///
/// A program that fails is not an error but an ``Outcome``. The HTTP edge chooses the HTTP status
/// by
/// ``code`` alone.
package struct CodeBoxError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Codable, Sendable, CaseIterable {
        /// A field of a request is malformed, unknown, or contradicts another one.
        case invalidRequest = "invalid_request"
        /// A limit is outside the range that the admin allows.
        case limitOutOfRange = "limit_out_of_range"
        case unknownRuntime = "unknown_runtime"
        /// The runtime is known, but no image of it is built on this machine.
        case runtimeNotBuilt = "runtime_not_built"
        case jobNotFound = "job_not_found"
        /// The job has already finished, so it can't be canceled.
        case jobFinished = "job_finished"
        case queueFull = "queue_full"
        case shuttingDown = "shutting_down"
        /// The store could not read or write.
        case storeFailed = "store_failed"
        /// A layer of the sandbox could not be applied; the message names the step.
        case sandboxFailed = "sandbox_failed"
        /// The warden does not run; it is being restarted.
        case wardenUnavailable = "warden_unavailable"
        case imageFailed = "image_failed"
        case configurationInvalid = "configuration_invalid"
        case internalError = "internal_error"
    }

    package var code: Code
    /// One or two sentences for people, with the remedy if there is one.
    package var message: String
    /// The request field at fault, as a path (`limits.wall_ms`, `files[2].path`).
    package var field: String?
    /// The range of allowed values, if ``code`` is `limitOutOfRange`.
    package var allowed: ClosedRange<Double>?
    /// The underlying error, such as an errno's text; for logs.
    package var cause: String?

    package init(
        _ code: Code, _ message: String, field: String? = nil,
        allowed: ClosedRange<Double>? = nil, cause: String? = nil
    ) {
        self.code = code
        self.message = message
        self.field = field
        self.allowed = allowed
        self.cause = cause
    }

    package var description: String {
        var text = "\(code.rawValue): \(message)"
        if let cause { text += " (\(cause))" }
        return text
    }
}

/// One line of `codebox doctor`.
package struct CheckResult: Sendable, Hashable, Codable {
    package enum Verdict: String, Sendable, Codable {
        case ok
        /// Jobs run safely, but something is missing or worth knowing.
        case warn
        /// A job could not run, or not safely.
        case fail
    }

    package var name: String
    package var verdict: Verdict
    /// What the check found.
    package var detail: String
    /// What to do; nil if nothing needs to be done.
    package var remedy: String?

    package static func ok(_ name: String, _ detail: String) -> CheckResult {
        CheckResult(name: name, verdict: .ok, detail: detail, remedy: nil)
    }

    package static func warn(_ name: String, _ detail: String, remedy: String) -> CheckResult {
        CheckResult(name: name, verdict: .warn, detail: detail, remedy: remedy)
    }

    package static func fail(_ name: String, _ detail: String, remedy: String) -> CheckResult {
        CheckResult(name: name, verdict: .fail, detail: detail, remedy: remedy)
    }
}

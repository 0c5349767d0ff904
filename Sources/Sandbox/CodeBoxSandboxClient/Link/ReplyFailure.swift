import CWire
import CodeBoxCore
import CodeBoxSystem

extension cb_reply {
    /// The failure of CodeBox that a report tells of; nil if it tells how a program ended.
    var failure: CodeBoxError? {
        if verdict == CB_VERDICT_FAILED.rawValue { return stepFailure }
        if verdict == CB_VERDICT_ENDED.rawValue, started_ns == 0, oom_kills == 0 {
            // It must never pass for a program that exited with 0.
            return CodeBoxError(
                .sandboxFailed, "the sandbox ended before the program was started")
        }
        if verdict == CB_VERDICT_DIED.rawValue, oom_kills == 0 {
            return CodeBoxError(
                .sandboxFailed,
                "the sandbox's PID 1 was killed from outside CodeBox, or the machine ran out of"
                    + " memory")
        }
        return nil
    }

    /// The sandbox never got a program, because of its zygote alone.
    var isZygotesFault: Bool {
        verdict == CB_VERDICT_FAILED.rawValue
            && (step == CB_STEP_ZYGOTE.rawValue || step == CB_STEP_ZYGOTE_FORK.rawValue)
    }

    /// Step, errno and detail as one line, for logs and messages.
    var reason: String {
        var text = String(cString: cb_step_name(step)) + " failed"
        if index > 0 { text += " (entry \(index))" }
        if error != 0 { text += ": " + SystemError.text(error) }
        if !detailText.isEmpty { text += "; \(detailText)" }
        return text
    }

    /// A sentence of the warden's; empty if it said no more than step and errno.
    var detailText: String {
        guard tells_refusals == 0 else { return "" }
        return withUnsafeBytes(of: detail) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    private var stepFailure: CodeBoxError {
        let why = error == 0 ? nil : SystemError.text(error)
        if step == CB_STEP_FILE.rawValue {
            return CodeBoxError(
                .invalidRequest,
                "files[\(index)] can't be written to the workspace; do the files fit into"
                    + " limits.workspace_bytes?", field: "files[\(index)]", cause: why)
        }
        return CodeBoxError(
            .sandboxFailed, "the sandbox could not be made: \(reason)", cause: why)
    }
}

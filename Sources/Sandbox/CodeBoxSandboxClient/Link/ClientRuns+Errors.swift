import CodeBoxCore

// Why a run fails that no program can be blamed for.
extension ClientRuns {
    static let outOfDescriptors = CodeBoxError(
        .sandboxFailed,
        "no descriptors are left for a sandbox's pipes; the program was not started. Raise"
            + " the limit of open files (ulimit -n)")

    static let gone = CodeBoxError(
        .wardenUnavailable, "the warden is not running; it is restarted by `codebox serve`")

    /// The client's own warden ended and said why.
    static func ended(_ words: String) -> CodeBoxError {
        CodeBoxError(.wardenUnavailable, "the warden can't run: \(words)")
    }

    static let lost = CodeBoxError(
        .wardenUnavailable,
        "the warden went away while the program ran; its sandbox is gone with it")
}

import CodeBoxCore

// Why a run fails that no program can be blamed for.
extension ClientRuns {
    static let outOfDescriptors = CodeBoxError(
        .sandboxFailed,
        "no descriptors are left for a sandbox's pipes; the program was not started. Raise"
            + " the limit of open files (ulimit -n)")

    static let gone = CodeBoxError(
        .wardenUnavailable, "the warden is not running; it is restarted by `codebox serve`")

    static let lost = CodeBoxError(
        .wardenUnavailable,
        "the warden went away while the program ran; its sandbox is gone with it")
}

import CodeBoxCore

/// One sandbox as the client's loop knows it, from its request to its report.
final class ClientSandbox {
    let id: UInt64
    /// What it is made with.
    let limits: Limits
    /// Whose it is; nil while it is in the making or waits.
    var run: SandboxRun?
    /// The warden was asked to put its run's limits into force and has not yet answered.
    var isAdapting = false
    var job = ClientPipe()
    var stdin = ClientPipe()
    var stdout = ClientPipe()
    var stderr = ClientPipe()
    /// When its run had its program sent.
    var fedNs: UInt64 = 0
    /// Its report is in.
    var isOver = false

    init(id: UInt64, limits: Limits, run: SandboxRun? = nil) {
        self.id = id
        self.limits = limits
        self.run = run
    }
}

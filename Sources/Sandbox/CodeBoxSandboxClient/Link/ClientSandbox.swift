import CodeBoxCore

/// One sandbox as the client knows it, from its request to its report.
final class ClientSandbox {
    let id: UInt64
    /// The limits that it is made with.
    let limits: Limits
    /// The run that has it; nil while it is being made or waits.
    var run: SandboxRun?
    /// The warden has not answered yet whether the run's limits are in force.
    var isAdapting = false
    var job = ClientPipe()
    var stdin = ClientPipe()
    var stdout = ClientPipe()
    var stderr = ClientPipe()
    /// When the program was sent to it.
    var fedNs: UInt64 = 0
    /// Its report has come.
    var isOver = false

    init(id: UInt64, limits: Limits, run: SandboxRun? = nil) {
        self.id = id
        self.limits = limits
        self.run = run
    }
}

import CodeBoxCore
import CodeBoxSystem

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

    /// Takes ownership of the client's ends: of the job's socket, stdin, stdout and stderr.
    func open(_ fds: [CInt]) {
        job.raw = fds[0]
        stdin.raw = fds[1]
        stdout.raw = fds[2]
        stderr.raw = fds[3]
        // Programs are sent with MSG_DONTWAIT; standard input is made so if there is any.
        Descriptor.setNonBlocking(stdout.raw)
        Descriptor.setNonBlocking(stderr.raw)
    }
}

import CSandbox
import CodeBoxCore
import Glibc

/// One program's run as the client's loop sees it. Touched by the loop's thread alone, once handed
/// over.
final class SandboxRun: @unchecked Sendable {
    typealias Outcome = Result<SandboxReport, CodeBoxError>

    /// The client's number for the sandbox.
    let id: UInt64
    let spec: SandboxSpec
    let image: [UInt8]
    let requestedNs = cb_now_ns()
    private let onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)?
    private var continuation: CheckedContinuation<Outcome, Never>?

    /// Descriptors; -1 once closed or while there is none.
    var job: CInt = -1
    var stdin: CInt = -1
    var stdout: CInt = -1
    var stderr: CInt = -1
    private var message: [UInt8]
    private var messageSent = 0
    private var input: [UInt8]
    private var inputSent = 0
    private var capturedStdout: OutputCapture
    private var capturedStderr: OutputCapture

    var isCanceled = false
    var isRequested = false
    var isFinished: Bool { continuation == nil }

    init(
        id: UInt64, program: SandboxProgram, spec: SandboxSpec, image: [UInt8],
        onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)?
    ) {
        self.id = id
        self.spec = spec
        self.image = image
        self.onOutput = onOutput
        message = ProgramMessage.encode(program)
        input = program.stdin
        capturedStdout = OutputCapture(limit: spec.limits.outputBytes)
        capturedStderr = OutputCapture(limit: spec.limits.outputBytes)
    }

    func await(_ continuation: CheckedContinuation<Outcome, Never>) {
        self.continuation = continuation
    }

    func finish(_ outcome: Outcome) {
        continuation?.resume(returning: outcome)
        continuation = nil
    }

    /// Sends what the socket takes of the program.
    /// - Returns: true when all is sent, or nobody is left to take it.
    func sendProgram() -> Bool {
        while messageSent < message.count {
            let sent = message.withUnsafeBytes {
                send(job, $0.baseAddress! + messageSent, $0.count - messageSent, CInt(MSG_NOSIGNAL))
            }
            if sent < 0 { return errno != EAGAIN && errno != EINTR }
            messageSent += sent
        }
        message = []
        messageSent = 0
        return true
    }

    /// Writes what the pipe takes of the standard input; the program may well not read it.
    /// - Returns: true when all is written, or nobody is left to read it.
    func sendInput() -> Bool {
        while inputSent < input.count {
            let sent = input.withUnsafeBytes {
                write(stdin, $0.baseAddress! + inputSent, $0.count - inputSent)
            }
            if sent < 0 { return errno != EAGAIN && errno != EINTR }
            inputSent += sent
        }
        return true
    }

    /// Reads a stream until it is empty, ends, or `most` bytes were read.
    /// - Returns: false at its end.
    func read(
        _ stream: OutputStream, into buffer: UnsafeMutableRawBufferPointer, most: Int
    ) -> Bool {
        let fd = stream == .stdout ? stdout : stderr
        var left = most
        while left > 0 {
            let count = Glibc.read(fd, buffer.baseAddress, min(buffer.count, left))
            if count == 0 { return false }
            if count < 0 { return errno == EAGAIN || errno == EINTR }
            left -= count
            let piece = UnsafeRawBufferPointer(rebasing: buffer[0..<count])
            let kept =
                stream == .stdout ? capturedStdout.take(piece) : capturedStderr.take(piece)
            if kept > 0, let onOutput { onOutput(stream, Array(piece.prefix(kept))) }
            // A short read means the pipe is empty; the next event brings what follows.
            if count < buffer.count { return true }
        }
        return true
    }

    /// Reads what is in the pipes now, and no more: something that still lives in the sandbox may
    /// be writing until the kernel has killed it.
    func drain(into buffer: UnsafeMutableRawBufferPointer) {
        for (stream, fd) in [(OutputStream.stdout, stdout), (.stderr, stderr)] where fd >= 0 {
            _ = read(stream, into: buffer, most: max(0, Int(cb_readable_bytes(fd))))
        }
    }

    /// For one that was canceled before a sandbox was asked for.
    var canceledReport: SandboxReport {
        SandboxReport(
            outcome: .canceled, exitCode: nil, signal: nil, stdout: CapturedOutput(),
            stderr: CapturedOutput(), usage: Usage(), startupUs: 0, runUs: 0, finishUs: 0)
    }

    /// What the warden's report and the captured output come to.
    func outcome(of reply: cb_reply) -> Outcome {
        if reply.verdict == CB_VERDICT_FAILED.rawValue { return .failure(failure(reply)) }
        if reply.verdict == CB_VERDICT_ENDED.rawValue, reply.started_ns == 0, reply.oom_kills == 0 {
            // Never to be taken for a program's own exit 0.
            return .failure(
                CodeBoxError(.sandboxFailed, "the sandbox ended before the program was started"))
        }
        if reply.verdict == CB_VERDICT_DIED.rawValue, reply.oom_kills == 0 {
            return .failure(
                CodeBoxError(
                    .sandboxFailed,
                    "the sandbox's PID 1 was killed from outside CodeBox, or the machine ran out of"
                        + " memory"))
        }
        let (outcome, exitCode, signal) = ending(reply)
        let now = cb_now_ns()
        let didStart = reply.started_ns != 0
        let ended = max(reply.ended_ns, reply.started_ns)
        let runUs = didStart ? Int((ended - reply.started_ns) / 1000) : 0
        let began = didStart ? reply.started_ns : ended
        return .success(
            SandboxReport(
                outcome: outcome, exitCode: exitCode, signal: signal,
                stdout: capturedStdout.output, stderr: capturedStderr.output,
                usage: Usage(
                    wallUs: runUs, cpuUserUs: Int(reply.cpu_user_us),
                    cpuSystemUs: Int(reply.cpu_system_us),
                    memoryPeakBytes: Int(reply.memory_peak_bytes)),
                startupUs: Int((max(began, requestedNs) - requestedNs) / 1000), runUs: runUs,
                finishUs: now > ended ? Int((now - ended) / 1000) : 0))
    }

    private func ending(_ reply: cb_reply) -> (CodeBoxCore.Outcome, exitCode: Int?, signal: Int?) {
        let ranOutOfMemory = reply.oom_kills > 0
        switch cb_verdict(rawValue: reply.verdict) {
        // What hit its memory first and its time later is told by the first, as on cgroup v2, where
        // the kernel ends the whole group there and then.
        case CB_VERDICT_WALL:
            return (ranOutOfMemory ? .memoryExceeded : .wallTimeExceeded, nil, Int(SIGKILL))
        case CB_VERDICT_CPU:
            return (ranOutOfMemory ? .memoryExceeded : .cpuTimeExceeded, nil, Int(SIGKILL))
        case CB_VERDICT_MEMORY: return (.memoryExceeded, nil, Int(SIGKILL))
        case CB_VERDICT_KILLED: return (.canceled, nil, Int(SIGKILL))
        case CB_VERDICT_DIED:
            // The OOM killer takes PID 1 with the group; its other deaths are no outcomes.
            return (.memoryExceeded, nil, Int(SIGKILL))
        default:
            let signal = Int(reply.status & 0x7f)
            let exitCode = signal == 0 ? Int(reply.status >> 8 & 0xff) : nil
            let natural: CodeBoxCore.Outcome = signal == 0 ? .exited : .signaled
            return (
                ranOutOfMemory ? .memoryExceeded : natural, exitCode, signal == 0 ? nil : signal
            )
        }
    }

    private func failure(_ reply: cb_reply) -> CodeBoxError {
        let step = String(cString: cb_step_name(reply.step))
        let why = reply.error == 0 ? nil : SystemError.text(reply.error)
        if reply.step == CB_STEP_FILE.rawValue {
            return CodeBoxError(
                .invalidRequest,
                "files[\(reply.index)] can't be written to the workspace; do the files fit into"
                    + " limits.workspace_bytes?", field: "files[\(reply.index)]", cause: why)
        }
        var message = "the sandbox could not be made: \(step) failed"
        if reply.index > 0 { message += " (entry \(reply.index))" }
        if let why { message += ": \(why)" }
        if !reply.detailText.isEmpty { message += "; \(reply.detailText)" }
        return CodeBoxError(.sandboxFailed, message, cause: why)
    }
}

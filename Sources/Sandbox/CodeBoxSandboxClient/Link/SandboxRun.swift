import CLinux
import CWire
import CodeBoxCore
import Glibc
import CodeBoxSandbox

/// One program's run as the client sees it. Only the client's thread touches it, once it was
/// posted.
final class SandboxRun: @unchecked Sendable {
    typealias Outcome = Result<SandboxReport, CodeBoxError>

    /// What a read of an output found.
    enum Read {
        case ended
        /// The pipe is empty for now.
        case emptied
        /// As much was read as was asked for; there may be more.
        case full
    }

    let spec: SandboxSpec
    let image: [UInt8]
    /// What the pools know of it; `pools` is empty if a sandbox must be made for it.
    let pooled: PoolRun
    var id: UInt64 { pooled.id }
    let requestedNs = cb_now_ns()
    /// When it got a sandbox; 0 until then.
    var acquiredNs: UInt64 = 0
    /// When it began to wait for a warden.
    var waitsSinceNs: UInt64 = 0
    private let onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)?
    private var whenGone: (@Sendable () -> Void)?
    private var onEnd: (@Sendable (Outcome) -> Void)?

    private var message: [UInt8]
    private var messageSent = 0
    private var input: [UInt8]
    private var inputSent = 0
    private var onInputPipe: (@Sendable (CInt) -> Void)?
    var stdout: OutputCapture
    var stderr: OutputCapture

    /// Its sandbox, once it has one.
    var sandbox: ClientSandbox?
    var isCold = true
    var isForked = false
    var isCanceled = false
    /// Its outputs are watched from the start: its caller listens, or the program is long.
    let isWatchedAtOnce: Bool

    init(
        id: UInt64, program: SandboxProgram, spec: SandboxSpec, image: [UInt8],
        onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)?, whenGone: (@Sendable () -> Void)?
    ) {
        self.spec = spec
        self.image = image
        self.onOutput = onOutput
        self.whenGone = whenGone
        let pools = spec.pools.filter {
            // What a sandbox is built with can't be changed.
            $0.limits.agree(with: spec.limits, in: LimitField.fixedByConstruction)
                && $0.image == spec.image
        }
        pooled = PoolRun(
            id: id, pools: pools,
            mayFork: program.mayFork && pools.first == spec.pools.first)
        message = ProgramMessage.encode(program)
        input = program.stdin
        onInputPipe = program.onInputPipe
        isWatchedAtOnce = onOutput != nil || message.count + input.count > Self.talkativeBytes
        stdout = OutputCapture(limit: spec.limits.outputBytes)
        stderr = OutputCapture(limit: spec.limits.outputBytes)
    }

    var hasInput: Bool { !input.isEmpty }

    /// Gives the input's pipe to the caller, if the caller writes to it.
    /// - Returns: false if the client writes.
    func giveInput(_ pipe: CInt) -> Bool {
        guard let give = onInputPipe else { return false }
        onInputPipe = nil
        give(pipe)
        return true
    }

    private static let talkativeBytes = 16 << 10

    /// Has its caller answered by `onEnd`.
    func answer(by onEnd: @escaping @Sendable (Outcome) -> Void) {
        self.onEnd = onEnd
    }

    /// Answers its caller.
    /// - Parameter isGone: nothing is left of its sandbox; else ``leave()`` must follow.
    func finish(_ outcome: Outcome, isGone: Bool = true) {
        onEnd?(outcome)
        onEnd = nil
        // Each holds the other until now.
        sandbox = nil
        if isGone { leave() }
    }

    /// Nothing is left of its sandbox.
    func leave() {
        whenGone?()
        whenGone = nil
    }

    /// The program may run in a process that a zygote forks.
    func allowForking() {
        isForked = true
        ProgramMessage.allowForking(&message)
    }

    /// Sends what the socket takes of the program.
    /// - Returns: true when everything is sent, or the other end is closed.
    func sendProgram(_ job: CInt) -> Bool {
        let flags = CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT)
        while messageSent < message.count {
            let sent = message.withUnsafeBytes {
                send(job, $0.baseAddress! + messageSent, $0.count - messageSent, flags)
            }
            if sent < 0 {
                if errno == EINTR { continue }
                return errno != EAGAIN
            }
            messageSent += sent
        }
        message = []
        messageSent = 0
        return true
    }

    /// Writes what the pipe takes of the standard input. The program need not read it.
    /// - Returns: true when everything is written, or the other end is closed.
    func sendInput(_ pipe: CInt) -> Bool {
        while inputSent < input.count {
            let sent = input.withUnsafeBytes {
                write(pipe, $0.baseAddress! + inputSent, $0.count - inputSent)
            }
            if sent < 0 {
                if errno == EINTR { continue }
                return errno != EAGAIN
            }
            inputSent += sent
        }
        input = []
        inputSent = 0
        return true
    }

    /// Reads a stream until it is empty, ends, or `most` bytes were read.
    func read(
        _ stream: OutputStream, _ fd: CInt, into buffer: UnsafeMutableRawBufferPointer, most: Int
    ) -> Read {
        var left = most
        while left > 0 {
            let wanted = min(buffer.count, left)
            let count = Glibc.read(fd, buffer.baseAddress, wanted)
            if count == 0 { return .ended }
            if count < 0 { return errno == EAGAIN || errno == EINTR ? .emptied : .ended }
            left -= count
            let piece = UnsafeRawBufferPointer(rebasing: buffer[0..<count])
            let kept = stream == .stdout ? stdout.take(piece) : stderr.take(piece)
            if kept > 0, let onOutput { onOutput(stream, Array(piece.prefix(kept))) }
            // A short read means the pipe is empty; the next event brings what follows.
            if count < wanted { return .emptied }
        }
        return .full
    }

    /// Reads what is in a pipe now, and no more: a process in the sandbox may go on writing until
    /// the kernel has killed it.
    func drain(
        _ stream: OutputStream, _ pipe: ClientPipe, into buffer: UnsafeMutableRawBufferPointer
    ) {
        guard pipe.isOpen,
            case .full = read(stream, pipe.raw, into: buffer, most: buffer.count)
        else { return }
        _ = read(stream, pipe.raw, into: buffer, most: max(0, Int(cb_readable_bytes(pipe.raw))))
    }
}

import CLinux
import CWire
package import CodeBoxCore
import Glibc
import CodeBoxSystem
package import CodeBoxSandbox

/// A warden that is asked for one thing at a time while the caller waits: the stages of a sandbox's
/// life, so that each can be measured.
package final class WardenTrial {
    /// A sandbox that waits for its program.
    package struct Sandbox {
        let id: UInt64
        let fds: [CInt]
    }

    private let process: WardenProcess
    private let socket: CInt
    private var lastID: UInt64 = 0

    /// - Parameter start: as in ``WardenClient/spawn(policy:logger:_:)``.
    package init(
        _ start: (_ descriptors: [CInt], _ output: CInt) throws(CodeBoxError) -> CInt
    ) throws(CodeBoxError) {
        (process, socket) = try WardenProcess.start(start)
    }

    /// Ends the warden, and with it all that it made.
    package func end() {
        close(socket)
        process.end()
    }

    /// Returns the zygote's number once it can fork.
    package func startZygote(of image: String, _ setting: ZygoteSetting) throws(CodeBoxError)
        -> UInt64
    {
        lastID += 1
        guard let digest = Hex.bytes(image), digest.count == 32 else {
            throw CodeBoxError(.imageFailed, "'\(image)' is not an image's digest (64 hex digits)")
        }
        try send(cb_request(startZygote: lastID, image: digest, setting: setting))
        _ = try receive(CB_ZYGOTE_UP)
        return lastID
    }

    /// Makes a sandbox and returns when all layers are on.
    /// - Parameter zygote: the zygote that forks its job's process; 0 if that is exec'ed.
    package func make(image: String, limits: Limits, zygote: UInt64) throws(CodeBoxError) -> Sandbox
    {
        guard let digest = Hex.bytes(image), digest.count == 32 else {
            throw CodeBoxError(.imageFailed, "'\(image)' is not an image's digest (64 hex digits)")
        }
        lastID += 1
        try send(cb_request(make: lastID, image: digest, limits: limits, zygote: zygote))
        let fds = try receive(CB_CREATED).fds
        _ = try receive(CB_READY)
        return Sandbox(id: lastID, fds: fds)
    }

    /// Runs a program that reads and prints next to nothing, and returns when its end is reported.
    /// The sandbox is not gone by then.
    package func run(
        _ program: SandboxProgram, in sandbox: Sandbox, limits: Limits
    ) throws(CodeBoxError) {
        try send(cb_request(take: sandbox.id, limits: limits, isAnswered: false))
        var message = ProgramMessage.encode(program)
        if program.mayFork { ProgramMessage.allowForking(&message) }
        try check(write(sandbox.fds[0], message, message.count) == message.count, "write")
        shutdown(sandbox.fds[0], CInt(SHUT_WR))
        close(sandbox.fds[1])
        let report = try receive(CB_REPORT).reply
        guard report.verdict == CB_VERDICT_ENDED.rawValue, report.status == 0 else {
            throw CodeBoxError(
                .sandboxFailed,
                "the program ended with status \(report.status), verdict \(report.verdict)")
        }
        for fd in [sandbox.fds[0], sandbox.fds[2], sandbox.fds[3]] { close(fd) }
    }

    /// Returns when nothing is left of a sandbox whose end was reported: its last process is reaped
    /// and its cgroup removed.
    package func awaitRemoval() throws(CodeBoxError) {
        _ = try receive(CB_GONE)
    }

    /// Kills a sandbox that waits, and returns when nothing is left of it.
    package func destroy(_ sandbox: Sandbox) throws(CodeBoxError) {
        try send(cb_request(kill: sandbox.id))
        try awaitRemoval()
        sandbox.fds.forEach { close($0) }
    }

    private func send(_ request: cb_request) throws(CodeBoxError) {
        var request = request
        let size = MemoryLayout<cb_request>.size
        try check(write(socket, &request, size) == size, "write")
    }

    /// Waits for a reply of that kind. Other replies are passed over, unless they tell of a
    /// failure.
    private func receive(_ kind: cb_reply_kind) throws(CodeBoxError)
        -> (reply: cb_reply, fds: [CInt])
    {
        while true {
            var reply = cb_reply()
            var fds = [CInt](repeating: -1, count: Int(CB_MAXIMUM_FDS))
            var count: CInt = 0
            let size = MemoryLayout<cb_reply>.size
            let received = cb_receive_fds(socket, &reply, size, &fds, CB_MAXIMUM_FDS, &count)
            try check(received == size, "recvmsg")
            if reply.kind == kind.rawValue { return (reply, Array(fds.prefix(Int(count)))) }
            let isFailure =
                reply.kind == CB_ZYGOTE_DOWN.rawValue
                || reply.verdict == CB_VERDICT_FAILED.rawValue
            guard !isFailure else {
                throw CodeBoxError(
                    .sandboxFailed,
                    "\(String(cString: cb_step_name(reply.step))): \(reply.detailText)",
                    cause: SystemError.text(reply.error))
            }
        }
    }

    private func check(_ isRight: Bool, _ call: String) throws(CodeBoxError) {
        guard !isRight else { return }
        throw CodeBoxError(
            .wardenUnavailable, "the warden can't be talked to",
            cause: SystemError(call).description)
    }
}

import CSandbox
package import CodeBoxCore
import Glibc

/// A warden of one's own that is asked for one thing at a time, with the caller waiting for it: a
/// sandbox's life taken apart, so that its parts can be measured.
package final class WardenTrial {
    /// A sandbox that waits for its program.
    package struct Sandbox {
        let id: UInt64
        let fds: [CInt]
    }

    private let process: WardenProcess
    private let socket: CInt
    private var lastID: UInt64 = 0

    /// - Parameters: as in ``WardenClient/spawn(executable:arguments:policy:logger:)``.
    package init(executable: String, arguments: [String]) throws(CodeBoxError) {
        (process, socket) = try WardenProcess.start(executable: executable, arguments: arguments)
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
    /// - Parameter zygote: whom its job's process is forked from; 0: it will be exec'ed.
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

    /// Has it run a program that reads and prints next to nothing, and returns when its end is
    /// reported. The sandbox's remains are still there then.
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

    /// Returns when the last process of one whose end was reported is reaped and its cgroup removed.
    package func awaitRemoval() throws(CodeBoxError) {
        _ = try receive(CB_GONE)
    }

    /// Kills one that waits, and returns when nothing is left of it.
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

    /// Waits for a reply of that kind; what else comes by the way is of no interest, unless it says
    /// that something failed.
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
                    cause: String(cString: strerror(reply.error)))
            }
        }
    }

    private func check(_ isRight: Bool, _ call: String) throws(CodeBoxError) {
        guard !isRight else { return }
        throw CodeBoxError(
            .wardenUnavailable, "the warden can't be talked to",
            cause: "\(call): \(String(cString: strerror(errno)))")
    }
}

import CLinux
import CWire
import CodeBoxSystem
import Glibc

/// A zygote as the warden knows it, from clone to the removal of its cgroup.
final class WardenZygote {
    let number: UInt64
    /// The client's number for it, and the connection that asked for it.
    let clientID: UInt64
    let connection: UInt64
    /// The digest whose lock it holds (``ImageLocks``).
    let image: String
    let pid: pid_t
    let leaf: any CgroupLeaf
    /// See ``SandboxMaker/MadeZygote/owner``.
    let owner: UInt32
    /// Where it takes requests to fork.
    let control: CInt
    let startDeadlineNs = cb_now_ns() + startNs

    /// Its interpreter has started and waits for requests.
    private(set) var isUp = false
    /// Why it did not start, or was ended.
    private var failure: cb_note?
    /// What the warden ended it for, in words; nil if it did not.
    private var fault: String?
    private let pidfd: CInt
    private let output: CInt

    /// How long an interpreter may take to start, with all that it imports.
    private static let startNs: UInt64 = 10_000_000_000

    init(
        number: UInt64, clientID: UInt64, connection: UInt64, image: String,
        made: SandboxMaker.MadeZygote
    ) {
        self.number = number
        self.clientID = clientID
        self.connection = connection
        self.image = image
        pid = made.pid
        pidfd = made.pidfd
        control = made.control
        output = made.output
        leaf = made.leaf
        owner = made.owner
    }

    func watch(_ events: WardenEvents) throws(SystemError) {
        try events.add(control, .zygote, number)
        try events.add(pidfd, .zygoteProcess, number)
    }

    func closeAll(_ events: WardenEvents) {
        events.remove(control)
        events.remove(pidfd)
        for fd in [control, pidfd, output] { close(fd) }
    }

    /// The next note that it sent; nil if there is none for now, or no more.
    func nextNote(_ events: WardenEvents) -> cb_note? {
        var note = cb_note()
        let count = recv(control, &note, MemoryLayout<cb_note>.size, 0)
        if count < 0, errno == EAGAIN { return nil }
        guard count == MemoryLayout<cb_note>.size else {
            // Its end of the socket is closed: it is ending, or else must.
            events.remove(control)
            kill()
            return nil
        }
        return note
    }

    func comeUp() {
        isUp = true
    }

    func noteFailure(_ note: cb_note) {
        if failure == nil { failure = note }
    }

    /// Notes what the warden ends it for.
    func distrust(_ fault: String) {
        var note = cb_note()
        note.step = CB_STEP_ZYGOTE_FORK.rawValue
        note.error = EBADF
        failure = note
        self.fault = fault
    }

    func kill() {
        _ = cb_kill(pidfd, SIGKILL)
    }

    /// - Parameter block: waits for its end.
    /// - Returns: `CLD_…` and the status; nil while it runs.
    func reap(block: Bool) -> (code: CInt, status: CInt)? {
        var (code, status): (CInt, CInt) = (0, 0)
        guard cb_reap(pidfd, block ? 1 : 0, &code, &status) != 0 else { return nil }
        return (code, status)
    }

    /// What its client is told of its end.
    func down(_ code: CInt, _ status: CInt) -> cb_reply {
        var reply = cb_reply(CB_ZYGOTE_DOWN, clientID)
        reply.step = failure?.step ?? CB_STEP_ZYGOTE.rawValue
        reply.error = failure?.error ?? 0
        let ending = code == CLD_EXITED ? "exited with \(status)" : "was killed by signal \(status)"
        reply.setDetail((fault ?? "the zygote \(ending)") + ". \(lastWords())")
        return reply
    }

    /// The last of what it wrote, which may tell why it died.
    private func lastWords() -> String {
        var text = [UInt8](repeating: 0, count: 4096)
        let count = max(0, read(output, &text, text.count))
        return String(decoding: text[0..<count].suffix(200), as: UTF8.self)
            .split(whereSeparator: \.isNewline).joined(separator: " | ")
    }
}

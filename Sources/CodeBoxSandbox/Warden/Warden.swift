import CSandbox
import CodeBoxCore
import Glibc

/// The one privileged process: makes sandboxes, watches their clocks, reports how they ended, and
/// puts them away. One thread, one epoll set, no waiting but in it.
final class Warden {
    /// Sandboxes alive at one time; a client that wants more waits for its own to end.
    static let maximumSandboxes = 4096
    /// Taken from one client before others, and the clocks, have their turn.
    static let requestsPerTurn = 32
    /// Taken from one PID 1 likewise.
    static let notesPerTurn = 8
    /// Between two tries to remove cgroups that were busy: at first, and at most.
    static let firstRemovalPauseNs: UInt64 = 2_000_000
    static let lastRemovalPauseNs: UInt64 = 256_000_000

    let options: WardenOptions
    let cgroups: any CgroupHierarchy
    var poller: Poller
    var maker: SandboxMaker
    var images: ImageLocks
    let signals: CInt
    var listener: CInt = -1
    var isOver = false

    var numbers: UInt64 = 0
    var connections: [UInt64: WardenConnection] = [:]
    var sandboxes: [UInt64: WardenSandbox] = [:]
    /// Reaped, but their cgroup was busy.
    var removals: [WardenSandbox] = []
    var removalAtNs: UInt64?
    var removalPauseNs = firstRemovalPauseNs

    /// What an event's token stands for: the kind above, a number of ours below.
    enum Source: UInt64 {
        case listener, lifeline, signals, connection, control, process, memory
        func token(_ number: UInt64) -> UInt64 { rawValue << 56 | number }
    }

    init(_ options: WardenOptions) throws(CodeBoxError) {
        self.options = options
        let initFD = cb_seal_program(options.initPath)
        guard initFD >= 0 else {
            throw CodeBoxError(
                .sandboxFailed,
                "PID 1's program \(options.initPath) can't be read; it is installed beside codebox",
                cause: SystemError.text(-initFD))
        }
        let filter = try SeccompProgram.standard()
        cgroups = try Cgroups.open()
        images = ImageLocks(directory: options.imagesDirectory)
        maker = SandboxMaker(
            cgroups: cgroups, filter: filter, imagesDirectory: options.imagesDirectory,
            initFD: initFD)
        do throws(SystemError) {
            poller = try Poller()
            signals = try Self.openSignals()
            try poller.add(signals, token: Source.signals.token(0))
            if let lifeline = options.lifelineFD {
                try poller.add(lifeline, token: Source.lifeline.token(0))
            }
            if let path = options.socketPath {
                listener = try Self.listen(at: path, allowing: options.allowedUID)
                try poller.add(listener, token: Source.listener.token(0))
            }
        } catch {
            throw CodeBoxError(
                .wardenUnavailable, "the warden can't start", cause: error.description)
        }
        if let socket = options.socketFD { connect(socket) }
    }

    /// Serves until the lifeline closes, SIGTERM comes, or the only client is gone.
    func run() {
        while !isOver {
            let now = cb_now_ns()
            for event in poller.wait(until: nextDeadline(), now: now) { handle(event) }
            checkClocks(cb_now_ns())
        }
        destroyAll()
    }

    func handle(_ event: Poller.Event) {
        let number = event.token & 0xff_ffff_ffff_ffff
        switch Source(rawValue: event.token >> 56) {
        case .listener: accept()
        case .lifeline, .signals: isOver = true
        case .connection: handleConnection(number, event)
        case .control:
            if let sandbox = sandboxes[number] { readNotes(sandbox) }
        case .process:
            if let sandbox = sandboxes[number] { reap(sandbox) }
        case .memory:
            if let sandbox = sandboxes[number] { noteOutOfMemory(sandbox) }
        case nil: break
        }
    }

    func nextDeadline() -> UInt64? {
        var next = removalAtNs
        for sandbox in sandboxes.values {
            guard let check = sandbox.nextCheckNs else { continue }
            next = min(next ?? check, check)
        }
        return next
    }

    func checkClocks(_ now: UInt64) {
        for sandbox in sandboxes.values {
            guard let check = sandbox.nextCheckNs, check <= now else { continue }
            if let verdict = sandbox.overrun(now: now) { kill(sandbox, for: verdict) }
        }
        if let at = removalAtNs, at <= now {
            removalAtNs = nil
            let again = removals
            removals = []
            removalPauseNs = min(2 * removalPauseNs, Self.lastRemovalPauseNs)
            for sandbox in again { putAway(sandbox) }
            if removals.isEmpty { removalPauseNs = Self.firstRemovalPauseNs }
        }
    }

    func destroyAll() {
        for sandbox in sandboxes.values { kill(sandbox, for: CB_VERDICT_KILLED) }
        for sandbox in sandboxes.values where !sandbox.isReaped {
            var (code, status): (CInt, CInt) = (0, 0)
            _ = cb_reap(sandbox.pidfd, 1, &code, &status)
        }
        cgroups.removeAll()
        if let path = options.socketPath { unlink(path) }
    }

    private static func openSignals() throws(SystemError) -> CInt {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigprocmask(SIG_BLOCK, &set, nil)
        let raw = signalfd(-1, &set, CInt(SFD_CLOEXEC))
        guard raw >= 0 else { throw SystemError("signalfd") }
        return raw
    }

    private static func listen(at path: String, allowing uid: UInt32?) throws(SystemError) -> CInt {
        let raw = socket(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard raw >= 0 else { throw SystemError("socket") }
        unlink(path)
        let bound = withUnixAddress(path) { bind(raw, $0, $1) }
        guard bound == 0 else { throw SystemError("bind \(path)") }
        chmod(path, 0o600)
        if let uid, geteuid() == 0 { _ = chown(path, uid, gid_t.max) }
        guard Glibc.listen(raw, 16) == 0 else { throw SystemError("listen \(path)") }
        return raw
    }
}

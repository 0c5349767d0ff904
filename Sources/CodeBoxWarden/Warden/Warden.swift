import CLinux
import CWire
import CodeBoxCore
import Glibc
import CodeBoxSystem

/// The one privileged process: makes sandboxes, watches their clocks, reports how they ended, and
/// puts them away. One thread, one epoll set, no waiting but in it.
final class Warden {
    /// Taken from one client before others, and the clocks, have their turn.
    static let requestsPerTurn = 32
    /// Taken from one PID 1 likewise.
    static let notesPerTurn = 8
    /// Between two tries to remove cgroups that were busy: at first, and at most.
    static let firstRemovalPauseNs: UInt64 = 2_000_000
    static let lastRemovalPauseNs: UInt64 = 256_000_000
    /// Between two looks at what a dead predecessor left and could not be removed: at first, and
    /// before the last one. Ten looks, in less than two minutes.
    static let firstSweepPauseNs: UInt64 = 100_000_000
    static let lastSweepPauseNs: UInt64 = 51_200_000_000
    /// Between two signs of life for whoever would otherwise kill a warden that hangs.
    static let beatNs: UInt64 = 3_000_000_000

    let options: WardenOptions
    let cgroups: any CgroupHierarchy
    var poller: Poller
    var maker: SandboxMaker
    var images: ImageLocks
    let signals: CInt
    var listener: CInt = -1
    var isOver = false
    var sandboxRate = WardenBounds.sandboxRate
    var zygoteRate = WardenBounds.zygoteRate

    var numbers: UInt64 = 0
    var connections: [UInt64: WardenConnection] = [:]
    var sandboxes: [UInt64: WardenSandbox] = [:]
    var zygotes: [UInt64: WardenZygote] = [:]
    var preloads: PreloadObjects
    let records: StartRecords
    /// When what is to be looked at next, by number: of sandboxes that run or are being made, and of
    /// zygotes that start. Those that wait in a pool have no clock.
    var clocks: [UInt64: UInt64] = [:]
    /// Everything of theirs is gone but the cgroup, which was busy.
    var removals: [PendingRemoval] = []
    var removalAtNs: UInt64?
    var removalPauseNs = firstRemovalPauseNs
    /// When to look again at what a predecessor left; nil once it is gone, or given up.
    var sweepAtNs: UInt64?
    var sweepPauseNs = firstSweepPauseNs
    /// When the next sign of life is due; nil where nobody looks for any.
    var beatAtNs: UInt64?
    /// When to look for strays; nil while there is no reason to.
    var strayAtNs: UInt64?
    var strayPauseNs = firstStrayPauseNs

    /// A byte more than a request has: a longer message shows by filling it.
    let requestBuffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: MemoryLayout<cb_request>.size + 1, alignment: 16)

    /// What an event's token stands for: the kind above, a number of ours below.
    enum Source: UInt64 {
        case listener, lifeline, signals, connection, control, process, memory, job, exit
        case zygote, zygoteProcess
        func token(_ number: UInt64) -> UInt64 { rawValue << 56 | number }
    }

    init(
        _ options: WardenOptions, cgroups: any CgroupHierarchy
    ) throws(CodeBoxError) {
        self.options = options
        let initFD = cb_seal_program(options.initPath)
        guard initFD >= 0 else {
            throw CodeBoxError(
                .sandboxFailed,
                "PID 1's program \(options.initPath) can't be read; it is installed beside codebox",
                cause: SystemError.text(-initFD))
        }
        self.cgroups = cgroups
        let adopted = cb_adopt_orphans()
        guard adopted == 0 else {
            throw CodeBoxError(
                .wardenUnavailable, "the warden can't adopt what its zygotes fork",
                cause: SystemError.text(-adopted))
        }
        images = ImageLocks(directory: options.imagesDirectory)
        preloads = PreloadObjects(besides: options.initPath)
        records = StartRecords(directory: options.imagesDirectory)
        maker = try SandboxMaker(
            cgroups: cgroups, imagesDirectory: options.imagesDirectory, initFD: initFD)
        try cgroups.bound(
            memoryBytes: options.bounds.memoryBytes, processes: options.bounds.processes)
        if geteuid() == 0 { try cgroups.admit(group: maker.ids.zygoteGroup) }
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
        if cgroups.isSweepDue { sweepAtNs = cb_now_ns() + sweepPauseNs }
        if options.beats { beatAtNs = cb_now_ns() }
        if let socket = options.socketFD { connect(socket) }
    }

    deinit { requestBuffer.deallocate() }

    /// Serves until the lifeline closes, SIGTERM comes, or the only client is gone.
    func run() {
        while !isOver {
            let now = cb_now_ns()
            let events = poller.wait(until: nextDeadline(), now: now)
            // Ends before requests: whoever waits for an answer waits for less than a new sandbox.
            for event in events where !event.isRequest { handle(event) }
            for event in events where event.isRequest { handle(event) }
            checkClocks(cb_now_ns())
        }
        destroyAll()
    }

    private func handle(_ event: Poller.Event) {
        let number = event.token & 0xff_ffff_ffff_ffff
        switch Source(rawValue: event.token >> 56) {
        case .listener: accept()
        case .lifeline: isOver = true
        case .signals: if isFromOutside() { isOver = true }
        case .connection: handleConnection(number, event)
        case .control:
            if let sandbox = sandboxes[number] { readNotes(sandbox) }
        case .process:
            if let sandbox = sandboxes[number] { reap(sandbox) }
        case .memory:
            if let sandbox = sandboxes[number] { noteOutOfMemory(sandbox) }
        case .job:
            if let sandbox = sandboxes[number] { reapJob(sandbox) }
        case .exit:
            if let sandbox = sandboxes[number] { hearOfExit(sandbox, hasCall: event.readable) }
        case .zygote:
            if let zygote = zygotes[number] { readNotes(of: zygote) }
        case .zygoteProcess:
            if let zygote = zygotes[number] { reap(zygote) }
        case nil: break
        }
    }

    /// Whether the signal that waits was sent by kill(2) from outside of the warden's pid namespace.
    /// Zygotes, which share its uid for a moment of each clone, may not end it. They can queue a signal
    /// with any sender's pid, but not with the code of kill(2) (rt_sigqueueinfo(2)).
    private func isFromOutside() -> Bool {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard read(signals, &info, size) == size else { return false }
        return getpid() != 1 || (info.ssi_pid == 0 && info.ssi_code == SI_USER)
    }

    func nextDeadline() -> UInt64? {
        var next = min(removalAtNs ?? .max, strayAtNs ?? .max, sweepAtNs ?? .max)
        next = min(next, beatAtNs ?? .max, maker.stock.dueNs ?? .max)
        for at in clocks.values { next = min(next, at) }
        return next == .max ? nil : next
    }

    /// To be called whenever a sandbox's next check may have changed.
    func keepTime(_ sandbox: WardenSandbox) {
        clocks[sandbox.number] = sandbox.nextCheckNs
    }

    func checkClocks(_ now: UInt64) {
        for (number, at) in clocks where at <= now {
            if let sandbox = sandboxes[number] {
                if let verdict = sandbox.overrun(now: now) { kill(sandbox, for: verdict) }
                keepTime(sandbox)
            } else {
                clocks[number] = nil
                dropZygote(number)
            }
        }
        if let at = removalAtNs, at <= now { removeAgain() }
        if let at = strayAtNs, at <= now { reapStrays() }
        if let at = sweepAtNs, at <= now { sweepAgain(now) }
        if let at = maker.stock.dueNs, at <= now { restock(now) }
        if let at = beatAtNs, at <= now { beat(now) }
    }

    private func beat(_ now: UInt64) {
        beatAtNs = now + Self.beatNs
        guard let lifeline = options.lifelineFD else { return }
        var byte: UInt8 = 0
        // Where nobody listens just now, the next one will do.
        _ = send(lifeline, &byte, 1, CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL))
    }

    /// Makes a cgroup for a sandbox to come.
    private func restock(_ now: UInt64) {
        numbers += 1
        let name = "job-\(numbers)"
        let cgroups = cgroups
        maker.stock.add(now: now) { limits in try cgroups.makeLeaf(name, limits: limits) }
    }

    func removeAgain() {
        removalAtNs = nil
        let again = removals
        removals = []
        removalPauseNs = min(2 * removalPauseNs, Self.lastRemovalPauseNs)
        // What is killed takes a few milliseconds to leave. Whatever is in there by then did not end
        // with its sandbox or zygote: a zygote has put it there, or it forks faster than it is killed.
        let isLate = removalPauseNs >= 8 * Self.firstRemovalPauseNs
        for removal in again {
            if isLate { removal.leaf.kill() }
            remove(removal.leaf, then: removal.then)
        }
        if removals.isEmpty { removalPauseNs = Self.firstRemovalPauseNs }
    }

    private func sweepAgain(_ now: UInt64) {
        sweepAtNs = nil
        guard cgroups.sweepAgain(), sweepPauseNs < Self.lastSweepPauseNs else { return }
        sweepPauseNs *= 2
        sweepAtNs = now + sweepPauseNs
    }

    /// Removes a cgroup, now or as soon as it is no longer busy.
    func remove(_ leaf: any CgroupLeaf, then: @escaping () -> Void) {
        do throws(CodeBoxError) {
            if case .busy = try leaf.remove() {
                removals.append(PendingRemoval(leaf: leaf, then: then))
                removalAtNs = cb_now_ns() + removalPauseNs
                return
            }
        } catch {
            // Left for the sweep at the next start; what ran in it is over and reported.
            writeToStandardError("codebox-warden: \(error.message)")
        }
        then()
    }

    func destroyAll() {
        for number in zygotes.keys { dropZygote(number) }
        for sandbox in sandboxes.values { kill(sandbox, for: CB_VERDICT_KILLED) }
        reapEverybody()
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
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let place = Descriptor(open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        guard place.number >= 0 else { throw SystemError("open \(folder)") }
        // In a folder of the server's, a link of the server's could stand for the socket.
        if let fault = try TrustFault.ofRoots(place.number) {
            throw SystemError("\(folder): \(fault)", code: EPERM)
        }
        let raw = socket(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard raw >= 0 else { throw SystemError("socket") }
        // Connections inherit it: what is sent before one is accepted is refused as well.
        cb_refuse_descriptors(raw)
        unlink(path)
        let mask = umask(0o177)
        let bound = withUnixAddress(path) { bind(raw, $0, $1) }
        umask(mask)
        guard bound == 0 else { throw SystemError("bind \(path)") }
        if let uid, geteuid() == 0, lchown(path, uid, gid_t.max) != 0 {
            throw SystemError("lchown \(path)")
        }
        guard Glibc.listen(raw, 16) == 0 else { throw SystemError("listen \(path)") }
        return raw
    }
}

extension Poller.Event {
    fileprivate var isRequest: Bool {
        token >> 56 == Warden.Source.connection.rawValue
    }
}

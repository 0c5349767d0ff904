import CWire
import CodeBoxCore
import Glibc
import CodeBoxSystem

/// One sandbox as the warden knows it, from clone to the removal of its cgroup.
final class WardenSandbox {
    /// The warden's own number for it.
    let number: UInt64
    /// The client's number, and the connection that asked for it; nil once that is gone.
    let clientID: UInt64
    var connection: UInt64?
    var limits: Limits
    /// The digest whose lock it holds (``ImageLocks``).
    let image: String

    /// Of PID 1, as the warden sees it.
    let pid: CInt
    let pidfd: CInt
    /// PID 1's control socket; its closing is PID 1's death. -1 once closed.
    var control: CInt
    let leaf: any CgroupLeaf

    /// The zygote that forks the job's process; nil where PID 1 forks and execs it.
    let zygote: UInt64?
    /// That zygote's uid, which owns the sandbox's user namespace, and may outlive the zygote.
    let owner: UInt32?
    /// What a zygote is given for it, once PID 1 has built the sandbox; nil then.
    var ends: SandboxMaker.Ends?
    /// Of the job's process, where a zygote forked it; -1 before and after.
    var jobPidfd: CInt = -1
    /// Its pid here; 0 where PID 1 forks it.
    var jobPID: CInt = 0
    /// Where its seccomp filter tells of its exit (`CB_EXIT_MARK`); -1 before and after.
    var listener: CInt = -1
    /// A zygote has forked the job's process: there is no second.
    var isForked = false
    /// All layers are on.
    var isReady = false
    /// It waits in a pool: until it is taken, no program is to be expected.
    private var waits: Bool
    /// CPU time that was spent on making it, microseconds; none of the program's.
    private var setupCPUUs = 0

    /// How long a sandbox may take from its clone to its program's start, a pool's from its taking.
    private static let setupNs: UInt64 = 30_000_000_000
    /// And how long a zygote may take to fork.
    private static let forkNs: UInt64 = 2_000_000_000
    private var setupDeadlineNs = cb_now_ns() + setupNs
    private var forkDeadlineNs: UInt64?

    /// How long what is left of a sandbox may stand when its end has been reported.
    private static let lingerNs: UInt64 = 1_000_000

    /// What the warden killed it for, if it did.
    var killedFor: cb_verdict?
    /// The first failure that PID 1 or the job's process told of.
    var failure: cb_note?
    var ended: cb_note?
    /// CLOCK_MONOTONIC, ns; 0 until the program runs.
    var startedNs: UInt64 = 0
    /// When its clocks are to be looked at next; nil while there is nothing to look at.
    var nextCheckNs: UInt64?
    /// The cgroup has run out of memory; the kernel is choosing whom to kill.
    var isOutOfMemory = false
    var isReported = false
    var isReaped = false

    init(
        number: UInt64, clientID: UInt64, connection: UInt64, limits: Limits, image: String,
        waits: Bool, zygote: WardenZygote?, made: SandboxMaker.Made
    ) {
        self.number = number
        self.clientID = clientID
        self.connection = connection
        self.limits = limits
        self.image = image
        self.waits = waits
        self.zygote = zygote?.number
        owner = zygote?.owner
        pid = made.pid
        pidfd = made.pidfd
        control = made.ends.control.ours
        leaf = made.leaf
        ends = zygote == nil ? nil : made.ends
        nextCheckNs = setupDeadlineNs
    }

    func closeListener(_ poller: inout Poller) {
        guard listener >= 0 else { return }
        poller.remove(listener)
        close(listener)
        listener = -1
    }

    /// It has been reported, and is to be killed soon.
    func linger(from now: UInt64) {
        nextCheckNs = now + Self.lingerNs
    }

    func awaitFork() {
        forkDeadlineNs = cb_now_ns() + Self.forkNs
        nextCheckNs = forkDeadlineNs
    }

    func becomeReady() {
        isReady = true
        forkDeadlineNs = nil
        setupCPUUs = leaf.cpuTimeUs()
        nextCheckNs = waits ? nil : setupDeadlineNs
    }

    /// Its program comes now.
    func take(_ limits: Limits) {
        self.limits = limits
        waits = false
        // A short program has ended by now: its sandbox is on its way out, by a clock of its own.
        guard !isReported else { return }
        let now = cb_now_ns()
        setupDeadlineNs = now + Self.setupNs
        // Its first word comes by another socket than the client's, and may have come before this:
        // its clocks were then set by the limits that it was made with.
        nextCheckNs =
            startedNs == 0
            ? setupDeadlineNs : min(wallDeadlineNs, cpuCheckNs(now: now, spentUs: 0))
    }

    /// CPU time of the program, microseconds.
    private var spentCPUUs: Int { leaf.cpuTimeUs() - setupCPUUs }

    /// What it has used up, without what its making did.
    func usage() throws(CodeBoxError) -> CgroupUsage {
        var usage = try leaf.usage()
        let all = usage.cpuUserUs + usage.cpuSystemUs
        guard all > 0 else { return usage }
        // The kernel itself only samples which of the two it was; the sum is exact.
        let own = max(0, all - setupCPUUs)
        usage.cpuUserUs = own * usage.cpuUserUs / all
        usage.cpuSystemUs = own - usage.cpuUserUs
        return usage
    }

    var wallDeadlineNs: UInt64 { startedNs + UInt64(limits.wallMs) * 1_000_000 }

    /// When the CPU time could be spent at the earliest, were all its cores busy from now on.
    ///
    /// Not sooner than 2 ms: the last stretch is looked at in steps, not in a storm.
    func cpuCheckNs(now: UInt64, spentUs: Int) -> UInt64 {
        let leftUs = Double(max(0, limits.cpuMs * 1000 - spentUs)) / max(limits.cpus, 0.01)
        return now + max(2_000_000, UInt64(leftUs * 1000))
    }

    /// True once the kernel has killed in it for want of memory.
    var hasOOMKill: Bool { (try? leaf.usage())?.memoryExceeded ?? false }

    /// Looks at both clocks, and for a victim when memory ran out.
    /// - Returns: the limit that is overrun; else nil, and ``nextCheckNs`` is set anew.
    func overrun(now: UInt64) -> cb_verdict? {
        // Nobody else sets the clock of one that was reported: it has lingered.
        if isReported { return CB_VERDICT_ENDED }
        if isOutOfMemory, hasOOMKill { return CB_VERDICT_MEMORY }
        guard startedNs > 0 else { return overrunBeforeStart(now: now) }
        if now >= wallDeadlineNs { return CB_VERDICT_WALL }
        let spentUs = spentCPUUs
        if spentUs >= limits.cpuMs * 1000 { return CB_VERDICT_CPU }
        nextCheckNs = min(wallDeadlineNs, cpuCheckNs(now: now, spentUs: spentUs))
        // The event comes before the kill; reclaim may yet make it needless.
        if isOutOfMemory { nextCheckNs = now + 2_000_000 }
        return nil
    }

    private func overrunBeforeStart(now: UInt64) -> cb_verdict? {
        let isForkLate = forkDeadlineNs.map { now >= $0 } ?? false
        if isForkLate || now >= setupDeadlineNs {
            var note = cb_note()
            note.step = (isForkLate ? CB_STEP_ZYGOTE : CB_STEP_RECEIVE).rawValue
            note.error = ETIMEDOUT
            failure = note
            return CB_VERDICT_FAILED
        }
        nextCheckNs = isOutOfMemory ? now + 2_000_000 : forkDeadlineNs ?? setupDeadlineNs
        return nil
    }

    /// How it ended, by what is known now. Whether memory ran out is told beside it.
    var verdict: cb_verdict {
        if failure != nil { return CB_VERDICT_FAILED }
        if ended != nil { return CB_VERDICT_ENDED }
        return killedFor ?? CB_VERDICT_DIED
    }
}

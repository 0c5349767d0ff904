import CLinux
import CWire
import CodeBoxCore
import CodeBoxSystem
import Glibc

/// One sandbox as the warden knows it, from clone to the removal of its cgroup.
///
/// Knows its processes, its clocks, and how it ended; ``SandboxTable`` decides what follows.
final class WardenSandbox {
    /// What PID 1 or the job's process says.
    enum Word {
        case note(cb_note)
        /// A note with a descriptor, which is the reader's to close.
        case descriptor(CInt, cb_note)
    }

    /// The warden's own number for it.
    let number: UInt64
    /// The client's.
    let clientID: UInt64
    /// The connection that asked for it; nil once that is gone.
    private(set) var connection: UInt64?
    /// The digest whose lock it holds (``ImageLocks``).
    let image: String
    /// The zygote that forks the job's process; nil where PID 1 forks and execs it.
    let zygote: UInt64?
    /// That zygote's uid, which owns the sandbox's user namespace and may outlive the zygote.
    let owner: UInt32?
    let leaf: any CgroupLeaf
    /// Of PID 1, as the warden sees it.
    let pid: pid_t

    let pidfd: CInt
    /// PID 1's socket, which closes when PID 1 dies; -1 once closed.
    private var control: CInt
    /// What a zygote is given for the sandbox; nil once it was given.
    private var ends: SandboxMaker.Ends?
    /// Of a ``NetworkPool``; nil where PID 1 has made its own.
    private var network: CInt?
    /// A program may have opened a socket.
    private var isNetworkUsed = false
    private var job: JobProcess
    private var clock: SandboxClock
    /// Nil where the warden does not tell refused calls.
    private var denied: DeniedCalls?

    /// All layers are on.
    private(set) var isReady = false
    private(set) var isReaped = false
    private(set) var isReported = false
    /// What the warden killed it for, if it did.
    private(set) var killedFor: cb_verdict?
    /// The first failure that PID 1 or the job's process told of.
    private var failure: cb_note?
    private var ended: cb_note?

    init(
        number: UInt64, request: cb_request, connection: UInt64, image: String,
        zygote: WardenZygote?, made: SandboxMaker.Made
    ) {
        self.number = number
        clientID = request.id
        self.connection = connection
        self.image = image
        self.zygote = zygote?.number
        owner = zygote?.owner
        pid = made.pid
        pidfd = made.pidfd
        control = made.ends.control.ours
        leaf = made.leaf
        network = made.network
        ends = zygote == nil ? nil : made.ends
        denied = made.answers.map { DeniedCalls($0) }
        job = JobProcess(number: number)
        clock = SandboxClock(
            limits: request.jobLimits, waits: request.flags & CB_FLAG_WAITS.rawValue != 0,
            now: cb_now_ns())
        Descriptor.setNonBlocking(control)
    }

    // MARK: Clocks

    /// When ``checkClocks(_:)`` has something to do; nil while it has nothing.
    var nextNs: UInt64? {
        var next = clock.nextNs
        if let held = job.heldUntilNs { next = min(held, next ?? .max) }
        // What a sandbox that was reported still asks for stays unanswered.
        if !isReported, let resume = denied?.resumeNs { next = min(resume, next ?? .max) }
        return next
    }
    var limits: Limits { clock.limits }
    var isStarted: Bool { clock.startedNs > 0 }
    /// Its program runs, and the warden has not ended it.
    var isRunning: Bool { isStarted && !isReported && killedFor == nil }

    /// - Returns: what the sandbox must be killed for, if anything.
    func checkClocks(_ now: UInt64, _ events: WardenEvents) -> cb_verdict? {
        job.endHold(events, now: now)
        if !isReported, denied?.endPause(now) == true { job.resume(events) }
        guard let due = clock.nextNs, due <= now else { return nil }
        // No other clock is set for one that was reported: it has lingered.
        if isReported { return CB_VERDICT_ENDED }
        switch clock.check(leaf, now: now) {
        case .inTime: return nil
        case .overrun(let verdict): return verdict
        case .late(let step):
            var note = cb_note()
            note.step = step.rawValue
            note.error = ETIMEDOUT
            failure = note
            return CB_VERDICT_FAILED
        }
    }

    /// A job gets it, with these limits.
    func take(_ limits: Limits) {
        // A short program has ended by now.
        if isReported { clock.takeLate(limits) } else { clock.take(limits, now: cb_now_ns()) }
    }

    func becomeReady() {
        isReady = true
        clock.becomeReady(cpuUs: leaf.cpuTimeUs())
    }

    /// The program has started: once, since its word must not lengthen the job's time.
    func start(told: UInt64) {
        guard !isStarted else { return }
        clock.start(told: told, now: cb_now_ns())
    }

    func awaitFork() {
        clock.awaitFork(now: cb_now_ns())
    }

    func linger(from now: UInt64) {
        clock.linger(from: now)
    }

    /// v1: the kernel is killing one process for want of memory; the warden kills the others.
    func runOutOfMemory() {
        // Read, or it would tell of the same again.
        if let event = leaf.memoryEventFD {
            var count: UInt64 = 0
            _ = read(event, &count, 8)
        }
        guard !isReported, killedFor == nil else { return }
        clock.runOutOfMemory(now: cb_now_ns())
    }

    // MARK: Descriptors

    func watch(_ events: WardenEvents) throws(SystemError) {
        try events.add(control, .control, number)
        try events.add(pidfd, .process, number)
        if let event = leaf.memoryEventFD { try events.add(event, .memory, number) }
    }

    /// What the zygote gets for the sandbox, once; the caller closes it.
    func takeEnds() -> SandboxMaker.Ends? {
        defer { ends = nil }
        return ends
    }

    /// False once PID 1 has closed its socket, or died.
    var hasControl: Bool { control >= 0 }

    /// The next word of PID 1 or the job's process; nil if there is none for now, or no more.
    func nextWord(_ events: WardenEvents) -> Word? {
        guard hasControl else { return nil }
        var note = cb_note()
        var (fd, fdCount): (CInt, CInt) = (-1, 0)
        let count = cb_receive_fds(control, &note, MemoryLayout<cb_note>.size, &fd, 1, &fdCount)
        if count == -Int(EAGAIN) { return nil }
        guard count == MemoryLayout<cb_note>.size else {
            closeControl(events)
            return nil
        }
        return fdCount == 1 ? .descriptor(fd, note) : .note(note)
    }

    private func closeControl(_ events: WardenEvents) {
        guard hasControl else { return }
        events.remove(control)
        close(control)
        control = -1
    }

    /// Closes everything that it holds but its cgroup.
    func closeAll(_ events: WardenEvents) {
        job.close(events)
        events.remove(pidfd)
        close(pidfd)
        closeControl(events)
        if let event = leaf.memoryEventFD { events.remove(event) }
        takeEnds()?.closeTheirs()
        job.closeListener(events)
    }

    // MARK: The job's process, where a zygote forked it

    /// It is there and was not reaped.
    var hasJob: Bool { job.isOpen }
    var jobPID: pid_t? { job.knownPID }
    var isForked: Bool { job.isForked }
    var hasListener: Bool { job.hasListener }
    var mayGetJob: Bool { zygote != nil && !job.isForked }
    var mayGetListener: Bool {
        (zygote != nil || denied != nil) && !isReady && !job.hasListener
    }
    /// The listener comes from a process that PID 1 has forked: there is no pidfd to wait for.
    var isReadyByListener: Bool { zygote == nil || isForked }

    func take(job pidfd: CInt, _ pid: pid_t, _ events: WardenEvents) throws(SystemError) {
        try job.open(pidfd, pid, events)
    }

    func take(listener fd: CInt, _ events: WardenEvents) throws(SystemError) {
        try job.listen(fd, events)
    }

    func closeListener(_ events: WardenEvents) {
        job.closeListener(events)
    }

    func nextCall(_ bound: inout CallBound, _ events: WardenEvents) -> JobProcess.Call? {
        job.nextCall(&bound, events)
    }

    func letGo(_ call: JobProcess.Call) { job.letGo(call) }

    /// Decides about a call that is no marked exit: it makes a socket, or was refused.
    /// - Returns: whether ``nextNs`` has changed.
    func decide(_ call: JobProcess.Call, _ events: WardenEvents) -> Bool {
        if denied != nil { return refuse(call, events) }
        // Must come before the call goes on.
        isNetworkUsed = true
        job.letGo(call)
        return false
    }

    /// Counts a call, and has it fail as the filter would.
    private func refuse(_ call: JobProcess.Call, _ events: WardenEvents) -> Bool {
        guard !isReported else {
            job.pause(events)
            return false
        }
        job.refuse(call, with: denied?.add(call.data, now: cb_now_ns()) ?? ENOSYS)
        guard denied?.resumeNs != nil else { return false }
        job.pause(events)
        return true
    }

    /// Reaps the job's process if it has ended: ``JobProcess/reap(_:)``.
    func reapJob(_ events: WardenEvents) -> (code: CInt, status: CInt)? { job.reap(events) }

    // MARK: The network namespace

    /// PID 1 was born in one of a ``NetworkPool``.
    var hasNetwork: Bool { network != nil }

    /// What a sandbox that has ended leaves behind: its namespace, which the caller then owns, and
    /// whether it is as the sandbox got it. That is so only if the sandbox was made without a
    /// failure, has told of every socket from the first byte of its program on, and has no process
    /// any more: PID 1 is reaped after all others of its pid namespace.
    func leaveNetwork() -> (network: CInt?, isUnused: Bool) {
        defer { network = nil }
        return (network, isReady && isReaped && !hasJob && failure == nil && !isNetworkUsed)
    }

    // MARK: Ending

    /// Its client is gone.
    func orphan() {
        connection = nil
    }

    /// Killing PID 1 makes the kernel kill every process of its namespace.
    func kill(for verdict: cb_verdict) {
        if killedFor == nil { killedFor = verdict }
        clock.stop()
        if !isReaped { _ = cb_kill(pidfd, SIGKILL) }
    }

    /// Reaps PID 1.
    /// - Parameter block: waits for its end.
    /// - Returns: false while it runs, and if it was reaped before.
    func reap(block: Bool = false) -> Bool {
        var (code, status): (CInt, CInt) = (0, 0)
        guard !isReaped, cb_reap(pidfd, block ? 1 : 0, &code, &status) != 0 else { return false }
        isReaped = true
        return true
    }

    func noteFailure(_ note: cb_note) {
        if failure == nil { failure = note }
    }

    /// The program has ended by itself.
    func noteEnd(_ note: cb_note) {
        ended = note
    }

    /// How it ended, by what is known now. Whether memory ran out is told beside it.
    private var verdict: cb_verdict {
        if failure != nil { return CB_VERDICT_FAILED }
        if ended != nil { return CB_VERDICT_ENDED }
        return killedFor ?? CB_VERDICT_DIED
    }

    /// What its client is told of its end; nil where that was told before.
    func report() -> cb_reply? {
        guard !isReported else { return nil }
        isReported = true
        clock.stop()
        var report = cb_reply(CB_REPORT, clientID)
        report.verdict = verdict.rawValue
        report.started_ns = clock.startedNs
        report.ended_ns = ended?.at_ns ?? cb_now_ns()
        if let failure {
            report.step = failure.step
            report.index = failure.index
            report.error = failure.error
        }
        report.status = ended?.status ?? 0
        guard connection != nil else { return report }
        do throws(CodeBoxError) {
            report.set(try usage())
            if failure == nil, let denied { report.set(denied.refusals) }
        } catch {
            // What can't be measured can't be told apart: say so rather than guess.
            report.verdict = CB_VERDICT_FAILED.rawValue
            report.step = CB_STEP_CGROUP.rawValue
            report.setDetail(error.message)
        }
        return report
    }

    /// What the program has used, without what building the sandbox did.
    private func usage() throws(CodeBoxError) -> CgroupUsage {
        var usage = try leaf.usage()
        let all = usage.cpuUserUs + usage.cpuSystemUs
        guard all > 0 else { return usage }
        // The kernel itself only samples which of the two it was; the sum is exact.
        let own = max(0, all - clock.setupCPUUs)
        usage.cpuUserUs = own * usage.cpuUserUs / all
        usage.cpuSystemUs = own - usage.cpuUserUs
        return usage
    }
}

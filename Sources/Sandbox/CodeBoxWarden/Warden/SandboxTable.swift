import CLinux
import CWire
import CodeBoxCore
import CodeBoxSystem
import Glibc

/// All sandboxes of the warden: makes them, hears of them, reports them and puts them away.
final class SandboxTable {
    /// Notes that are read from one sandbox before others have their turn.
    private static let notesPerTurn = 8

    private let bounds: WardenBounds
    private let events: WardenEvents
    private let clients: WardenClients
    private let maker: SandboxMaker
    private let images: ImageLocks
    private let zygotes: ZygoteTable
    private let removals: CgroupRemovals
    private let strays: Strays

    private var bound = WardenBounds.sandboxBound
    private var calls = CallBound()
    private var sandboxes: [UInt64: WardenSandbox] = [:]
    /// When the clocks of a sandbox are looked at next, by its number. A sandbox that waits in a
    /// pool has none.
    private var clocks: [UInt64: UInt64] = [:]
    private var lastNumber: UInt64 = 0

    init(
        _ bounds: WardenBounds, events: WardenEvents, clients: WardenClients, maker: SandboxMaker,
        images: ImageLocks, zygotes: ZygoteTable, removals: CgroupRemovals, strays: Strays
    ) {
        self.bounds = bounds
        self.events = events
        self.clients = clients
        self.maker = maker
        self.images = images
        self.zygotes = zygotes
        self.removals = removals
        self.strays = strays
    }

    subscript(number: UInt64?) -> WardenSandbox? { number.flatMap { sandboxes[$0] } }

    /// Of all PID 1s and jobs' processes that are not reaped.
    var pids: [pid_t] {
        sandboxes.values.flatMap { sandbox in
            [sandbox.isReaped ? nil : sandbox.pid, sandbox.jobPID].compactMap(\.self)
        }
    }

    /// Those whose program runs.
    var running: [WardenSandbox] { sandboxes.values.filter(\.isRunning) }

    // MARK: Clocks

    /// When ``checkClocks(_:)`` has something to do; nil while no sandbox is built and no job runs.
    var nextNs: UInt64? { clocks.values.min() }

    func checkClocks(_ now: UInt64) {
        for (number, at) in clocks where at <= now {
            guard let sandbox = sandboxes[number] else {
                clocks[number] = nil
                continue
            }
            if let verdict = sandbox.checkClocks(now, events) { sandbox.kill(for: verdict) }
            keepTime(sandbox)
        }
    }

    /// Must be called after everything that can set a sandbox's clocks.
    private func keepTime(_ sandbox: WardenSandbox) {
        clocks[sandbox.number] = sandboxes[sandbox.number] == nil ? nil : sandbox.nextNs
    }

    // MARK: Requests

    func create(_ request: cb_request, for connection: WardenConnection) {
        maker.disturb()
        do throws(SandboxMaker.Failure) {
            if let excess = bounds.excess(of: request) {
                throw SandboxMaker.Failure(step: CB_STEP_LIMITS, code: 0, detail: excess)
            }
            try bound.admit(alive: sandboxes.count, now: cb_now_ns())
            let zygote = try zygotes.usable(request.zygote, connection)
            let image = request.imageName
            try images.take(image)
            let made: SandboxMaker.Made
            do throws(SandboxMaker.Failure) {
                made = try maker.make(
                    image: image, limits: request.jobLimits, zygote: zygote?.owner)
            } catch {
                images.release(image)
                throw error
            }
            lastNumber += 1
            let sandbox = WardenSandbox(
                number: lastNumber, request: request, connection: connection.number,
                image: image, zygote: zygote, made: made)
            try admit(sandbox, connection, clientFDs: made.ends.clientFDs)
        } catch {
            clients.refuse(request.id, connection, error)
        }
    }

    private func admit(
        _ sandbox: WardenSandbox, _ connection: WardenConnection, clientFDs: [CInt]
    ) throws(SandboxMaker.Failure) {
        sandboxes[sandbox.number] = sandbox
        if let owner = sandbox.owner { maker.holdZygoteID(owner) }
        connection.nameSandbox(sandbox.clientID, sandbox.number)
        do throws(SystemError) {
            try sandbox.watch(events)
        } catch {
            abandon(sandbox)
            clientFDs.forEach { close($0) }
            throw SandboxMaker.Failure(step: CB_STEP_PIPES, code: error.code, detail: error.call)
        }
        requestFork(for: sandbox)
        keepTime(sandbox)
        clients.reply(
            cb_reply(CB_CREATED, sandbox.clientID), to: connection.number, fds: clientFDs)
    }

    /// Ends a sandbox whose events can't be watched, waiting for it here.
    private func abandon(_ sandbox: WardenSandbox) {
        sandbox.kill(for: CB_VERDICT_KILLED)
        _ = sandbox.reap(block: true)
        clients.connection(sandbox.connection)?.nameSandbox(sandbox.clientID, nil)
        sandbox.orphan()
        putAway(sandbox)
    }

    /// A waiting sandbox gets a job, with the job's limits.
    func take(_ sandbox: WardenSandbox, _ request: cb_request) {
        let isAnswered = request.flags & CB_FLAG_ANSWER.rawValue != 0
        var answer = cb_reply(CB_TAKEN, request.id)
        if let excess = bounds.excess(of: request) {
            // No program comes into a sandbox that was taken with limits above the ceiling.
            answer.error = EPERM
            answer.setDetail(excess)
            if isAnswered { clients.reply(answer, to: sandbox.connection) }
            fail(sandbox, CB_STEP_LIMITS, 0)
            return
        }
        sandbox.take(request.jobLimits)
        keepTime(sandbox)
        guard isAnswered else { return }
        do throws(CodeBoxError) {
            try sandbox.leaf.setLimits(request.jobLimits)
        } catch {
            answer.error = EIO
            answer.setDetail(error.message + (error.cause.map { " (\($0))" } ?? ""))
        }
        clients.reply(answer, to: sandbox.connection)
    }

    func kill(_ sandbox: WardenSandbox, for verdict: cb_verdict = CB_VERDICT_KILLED) {
        sandbox.kill(for: verdict)
        keepTime(sandbox)
    }

    /// Their client is gone.
    func orphan(_ numbers: [UInt64]) {
        for number in numbers {
            guard let sandbox = sandboxes[number] else { continue }
            sandbox.orphan()
            kill(sandbox)
        }
    }

    func killAll() {
        for sandbox in sandboxes.values { kill(sandbox) }
    }

    private func fail(_ sandbox: WardenSandbox, _ step: cb_step, _ code: CInt) {
        var note = cb_note()
        note.step = step.rawValue
        note.error = code
        sandbox.noteFailure(note)
        kill(sandbox, for: CB_VERDICT_FAILED)
        if sandbox.zygote != nil { strays.expect() }
    }

    // MARK: What sandboxes say

    func readNotes(_ sandbox: WardenSandbox) {
        // PID 1 sends few: more can only come from one that was taken over, which must not keep the
        // warden here.
        for _ in 0..<Self.notesPerTurn {
            switch sandbox.nextWord(events) {
            case .note(let note): hear(note, sandbox)
            case .descriptor(let fd, let note): take(fd, with: note, for: sandbox)
            case nil: return
            }
        }
    }

    private func hear(_ note: cb_note, _ sandbox: WardenSandbox) {
        switch note.kind {
        case CB_NOTE_READY.rawValue where sandbox.zygote == nil && !sandbox.isReady:
            tellReady(sandbox)
        case CB_NOTE_STARTED.rawValue:
            sandbox.start(told: note.at_ns)
            keepTime(sandbox)
        case CB_NOTE_ENDED.rawValue where sandbox.zygote == nil:
            sandbox.noteEnd(note)
            report(sandbox)
        case CB_NOTE_FAILED.rawValue:
            sandbox.noteFailure(note)
            if sandbox.zygote != nil { strays.expect() }
        default: break
        }
    }

    private func tellReady(_ sandbox: WardenSandbox) {
        sandbox.becomeReady()
        keepTime(sandbox)
        guard sandbox.connection != nil else { return }
        var ready = cb_reply(CB_READY, sandbox.clientID)
        ready.memory_peak_bytes = UInt64(max(0, sandbox.leaf.memoryBytes()))
        clients.reply(ready, to: sandbox.connection)
    }

    func runOutOfMemory(_ sandbox: WardenSandbox) {
        sandbox.runOutOfMemory()
        keepTime(sandbox)
    }

    // MARK: Forking

    /// While PID 1 builds the sandbox, a zygote forks the job's process: on another core, if there
    /// is one.
    private func requestFork(for sandbox: WardenSandbox) {
        guard let ends = sandbox.takeEnds() else { return }
        defer { ends.closeTheirs() }
        guard let zygote = zygotes[sandbox.zygote], zygote.isUp else {
            fail(sandbox, CB_STEP_ZYGOTE, ESRCH)
            return
        }
        do throws(SandboxMaker.Failure) {
            try maker.requestFork(of: sandbox, ends: ends, from: zygote)
            sandbox.awaitFork()
        } catch {
            fail(sandbox, error.step, error.code)
        }
    }

    /// A descriptor from the sandbox's side: the job's pidfd from the go-between, and the listener
    /// of its filter from the job's process, in either order; each once, and before the program
    /// comes, so that no process that was taken over can hand the warden any.
    private func take(_ fd: CInt, with note: cb_note, for sandbox: WardenSandbox) {
        do throws(SystemError) {
            if note.kind == CB_NOTE_FORKED.rawValue, sandbox.mayGetJob {
                try takeJob(fd, for: sandbox)
            } else if note.kind == CB_NOTE_READY.rawValue, sandbox.mayGetListener,
                cb_is_listener(fd) != 0
            {
                try sandbox.take(listener: fd, events)
                if sandbox.isReadyByListener { tellReady(sandbox) }
            } else {
                close(fd)
            }
        } catch {
            fail(sandbox, CB_STEP_PIPES, error.code)
        }
    }

    /// The pid in the note is ignored, since the sender of the descriptor wrote it.
    private func takeJob(_ fd: CInt, for sandbox: WardenSandbox) throws(SystemError) {
        let pid = cb_pid_of(fd)
        guard pid > 0, !isKnown(pid) else {
            close(fd)
            // That a process has ended already is no fault of its zygote's.
            if pid != 0 {
                fail(sandbox, CB_STEP_ZYGOTE_FORK, EBADF)
                zygotes.distrust(sandbox.zygote)
            }
            return
        }
        try sandbox.take(job: fd, pid, events)
        // A zygote that dies before both descriptors have come takes the sandbox along. Until then
        // no run may be given the sandbox.
        if sandbox.hasListener, !sandbox.isReady { tellReady(sandbox) }
    }

    /// Whether a process is the warden itself or one that it knows, and so no new job's.
    private func isKnown(_ pid: pid_t) -> Bool {
        pid == getpid() || pid == 1 || zygotes.pids.contains(pid)
            || sandboxes.values.contains {
                // The kernel may give the pid of a reaped process to another one.
                (!$0.isReaped && $0.pid == pid) || $0.jobPID == pid
            }
    }

    /// Ends the sandboxes for which a zygote that died had not yet forked.
    func lose(zygote number: UInt64) {
        for sandbox in sandboxes.values
        where sandbox.zygote == number && !sandbox.hasJob && !sandbox.isReported {
            fail(sandbox, CB_STEP_ZYGOTE, 0)
        }
    }

    // MARK: Ends

    /// A process in the sandbox is about to end as a forked interpreter does, or to make a socket.
    func hearOfCall(_ sandbox: WardenSandbox, hasCall: Bool) {
        guard hasCall else {
            // The last process under the filter is gone.
            sandbox.closeListener(events)
            return
        }
        guard let call = sandbox.nextCall(&calls, events) else { return keepTime(sandbox) }
        guard call.isMarkedExit else {
            if sandbox.decide(call, events) { keepTime(sandbox) }
            return
        }
        readNotes(sandbox)
        // A child that the job's own process forked ends like any other.
        guard call.caller == sandbox.jobPID, sandbox.isStarted, sandbox.killedFor == nil else {
            sandbox.letGo(call)
            return
        }
        end(sandbox, status: call.status)
    }

    /// The job has ended by itself.
    private func end(_ sandbox: WardenSandbox, status: CInt) {
        var note = cb_note()
        note.status = status
        note.at_ns = cb_now_ns()
        sandbox.noteEnd(note)
        report(sandbox)
        // What the job has left running ends when the report has had its way: taking two processes
        // apart keeps two cores from it. Where other sandboxes or zygotes are under way, these
        // count.
        if clocks.isEmpty, zygotes.nextNs == nil {
            sandbox.linger(from: note.at_ns)
            keepTime(sandbox)
        } else {
            kill(sandbox, for: CB_VERDICT_ENDED)
        }
    }

    /// The job's process, a child of the warden's, may have ended.
    func reapJob(_ sandbox: WardenSandbox) {
        guard let (code, status) = sandbox.reapJob(events) else { return }
        // Its last words, and whether PID 1 was there to the end: if not, that is what killed it.
        readNotes(sandbox)
        let wasKilled = code != CLD_EXITED && status == SIGKILL
        guard sandbox.killedFor == nil, !(wasKilled && !sandbox.hasControl) else { return }
        if !sandbox.isReady {
            fail(sandbox, CB_STEP_ZYGOTE_FORK, 0)
            return
        }
        end(sandbox, status: code == CLD_EXITED ? status << 8 : status)
    }

    private func report(_ sandbox: WardenSandbox) {
        guard let report = sandbox.report() else { return }
        maker.disturb()
        keepTime(sandbox)
        clients.reply(report, to: sandbox.connection)
    }

    /// PID 1 may have ended.
    func reap(_ sandbox: WardenSandbox) {
        guard sandbox.reap() else { return }
        // Its last words may still be in the socket.
        readNotes(sandbox)
        reapJob(sandbox)
        report(sandbox)
        putAway(sandbox)
    }

    private func putAway(_ sandbox: WardenSandbox) {
        // A job's process that is not reaped by now is a stray.
        if sandbox.hasJob { strays.expect() }
        let (network, isUnused) = sandbox.leaveNetwork()
        maker.retire(network, of: sandbox.owner, isUnused: isUnused)
        sandbox.closeAll(events)
        removals.remove(sandbox.leaf) { self.forget(sandbox) }
    }

    private func forget(_ sandbox: WardenSandbox) {
        maker.disturb()
        sandboxes[sandbox.number] = nil
        keepTime(sandbox)
        images.release(sandbox.image)
        if let owner = sandbox.owner { maker.releaseZygoteID(owner) }
        clients.connection(sandbox.connection)?.nameSandbox(sandbox.clientID, nil)
        clients.reply(cb_reply(CB_GONE, sandbox.clientID), to: sandbox.connection)
    }
}

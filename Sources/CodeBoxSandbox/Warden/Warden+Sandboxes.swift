import CSandbox
import CodeBoxCore
import Glibc

// A sandbox's way through the warden: create, notes, report, reap, put away.
extension Warden {
    func create(_ request: cb_request, for connection: WardenConnection) {
        let limits = request.limits
        numbers += 1
        let number = numbers
        maker.stock.disturb(now: cb_now_ns())
        do throws(SandboxMaker.Failure) {
            try checkBounds(of: request)
            let image = request.imageName
            let zygote = try usableZygote(request.zygote, connection)
            try images.take(image)
            let made: SandboxMaker.Made
            do throws(SandboxMaker.Failure) {
                made = try maker.make(
                    number: number, image: image, limits: limits, zygote: zygote?.owner)
            } catch {
                images.release(image)
                throw error
            }
            let sandbox = WardenSandbox(
                number: number, clientID: request.id, connection: connection.number,
                limits: limits, image: image, waits: request.flags & CB_FLAG_WAITS.rawValue != 0,
                zygote: zygote, made: made)
            sandboxes[number] = sandbox
            if let owner = sandbox.owner { maker.ids.holdZygote(owner) }
            connection.sandboxes[request.id] = number
            Descriptor.setNonBlocking(made.ends.control.ours)
            do throws(SandboxMaker.Failure) {
                try watch(sandbox)
            } catch {
                made.ends.clientFDs.forEach { close($0) }
                throw error
            }
            requestFork(for: sandbox)
            keepTime(sandbox)
            reply(cb_reply(CB_CREATED, request.id), to: connection, fds: made.ends.clientFDs)
        } catch {
            refuse(request.id, connection, error.step, error.code, error.detail)
        }
    }

    private func checkBounds(of request: cb_request) throws(SandboxMaker.Failure) {
        if let excess = options.bounds.excess(of: request) {
            throw SandboxMaker.Failure(step: CB_STEP_LIMITS, code: 0, detail: excess)
        }
        guard sandboxes.count < WardenBounds.sandboxes else {
            throw SandboxMaker.Failure(
                step: CB_STEP_CLONE, code: EAGAIN,
                detail: "\(WardenBounds.sandboxes) sandboxes are alive already")
        }
        guard sandboxRate.take(now: cb_now_ns()) else {
            throw SandboxMaker.Failure(
                step: CB_STEP_CLONE, code: EAGAIN,
                detail: "more sandboxes a second are asked for than the warden makes")
        }
    }

    /// - Returns: a zygote that is up; nil where none is asked for.
    private func usableZygote(
        _ id: UInt64, _ connection: WardenConnection
    ) throws(SandboxMaker.Failure) -> WardenZygote? {
        guard id != 0 else { return nil }
        guard let number = connection.zygotes[id], let zygote = zygotes[number], zygote.isUp else {
            throw SandboxMaker.Failure(
                step: CB_STEP_ZYGOTE, code: ESRCH, detail: "the zygote is not there")
        }
        return zygote
    }

    /// A waiting sandbox gets its program now; the limits are that one's.
    func take(
        _ sandbox: WardenSandbox, _ request: cb_request, _ connection: WardenConnection
    ) {
        if let excess = options.bounds.excess(of: request) {
            refuse(sandbox, request, excess, connection)
            return
        }
        let limits = request.limits
        sandbox.take(limits)
        keepTime(sandbox)
        guard request.flags & CB_FLAG_ANSWER.rawValue != 0 else { return }
        var answer = cb_reply(CB_TAKEN, request.id)
        do throws(CodeBoxError) {
            try sandbox.leaf.setLimits(limits)
        } catch {
            answer.error = EIO
            answer.setDetail(error.message + (error.cause.map { " (\($0))" } ?? ""))
        }
        reply(answer, to: connection)
    }

    /// No program comes into a sandbox that was taken with limits above the ceiling.
    private func refuse(
        _ sandbox: WardenSandbox, _ request: cb_request, _ excess: String,
        _ connection: WardenConnection
    ) {
        if request.flags & CB_FLAG_ANSWER.rawValue != 0 {
            var answer = cb_reply(CB_TAKEN, request.id)
            answer.error = EPERM
            answer.setDetail(excess)
            reply(answer, to: connection)
        }
        fail(sandbox, CB_STEP_LIMITS, 0)
    }

    func watch(_ sandbox: WardenSandbox) throws(SandboxMaker.Failure) {
        do throws(SystemError) {
            try poller.add(sandbox.control, token: Source.control.token(sandbox.number))
            try poller.add(sandbox.pidfd, token: Source.process.token(sandbox.number))
            if let event = sandbox.leaf.memoryEventFD {
                try poller.add(event, token: Source.memory.token(sandbox.number))
            }
        } catch {
            abandon(sandbox)
            throw SandboxMaker.Failure(step: CB_STEP_PIPES, code: error.code, detail: error.call)
        }
    }

    /// Ends a sandbox whose events can't be watched, waiting for it here.
    func abandon(_ sandbox: WardenSandbox) {
        kill(sandbox, for: CB_VERDICT_KILLED)
        var (code, status): (CInt, CInt) = (0, 0)
        _ = cb_reap(sandbox.pidfd, 1, &code, &status)
        sandbox.isReaped = true
        closeJob(sandbox)
        close(sandbox.pidfd)
        if sandbox.control >= 0 { closeControl(sandbox) }
        if let event = sandbox.leaf.memoryEventFD { poller.remove(event) }
        sandbox.ends?.closeTheirs()
        sandbox.ends = nil
        sandbox.closeListener(&poller)
        if let number = sandbox.connection {
            connections[number]?.sandboxes[sandbox.clientID] = nil
        }
        sandbox.connection = nil
        remove(sandbox.leaf) { self.forget(sandbox) }
    }

    func refuse(
        _ id: UInt64, _ connection: WardenConnection, _ step: cb_step, _ code: CInt,
        _ detail: String
    ) {
        var report = cb_reply(CB_REPORT, id)
        report.verdict = CB_VERDICT_FAILED.rawValue
        report.step = step.rawValue
        report.error = code
        report.setDetail(detail)
        reply(report, to: connection)
        reply(cb_reply(CB_GONE, id), to: connection)
    }

    func readNotes(_ sandbox: WardenSandbox) {
        var note = cb_note()
        var (pidfd, fdCount): (CInt, CInt) = (-1, 0)
        // PID 1 sends few: more can only come from one that was taken over, which must not keep the
        // warden here.
        for _ in 0..<Self.notesPerTurn where sandbox.control >= 0 {
            let count = cb_receive_fds(
                sandbox.control, &note, MemoryLayout<cb_note>.size, &pidfd, 1, &fdCount)
            if count == -Int(EAGAIN) { return }
            guard count == MemoryLayout<cb_note>.size else {
                closeControl(sandbox)
                return
            }
            if fdCount == 1 {
                take(pidfd, with: note, for: sandbox)
                continue
            }
            switch note.kind {
            case CB_NOTE_READY.rawValue where sandbox.zygote == nil && !sandbox.isReady:
                tellReady(sandbox)
            case CB_NOTE_STARTED.rawValue where sandbox.startedNs == 0:
                // Never in the future, and once: its word can't lengthen the job's time.
                let now = cb_now_ns()
                sandbox.startedNs = min(max(1, note.at_ns), now)
                sandbox.nextCheckNs = min(
                    sandbox.wallDeadlineNs, sandbox.cpuCheckNs(now: now, spentUs: 0))
                keepTime(sandbox)
            case CB_NOTE_ENDED.rawValue where sandbox.zygote == nil:
                sandbox.ended = note
                report(sandbox)
            case CB_NOTE_FAILED.rawValue:
                if sandbox.failure == nil { sandbox.failure = note }
                if sandbox.zygote != nil { expectStrays() }
            default: break
            }
        }
    }

    func tellReady(_ sandbox: WardenSandbox) {
        sandbox.becomeReady()
        keepTime(sandbox)
        guard let number = sandbox.connection, let connection = connections[number] else { return }
        var ready = cb_reply(CB_READY, sandbox.clientID)
        ready.memory_peak_bytes = UInt64(max(0, sandbox.leaf.memoryBytes()))
        reply(ready, to: connection)
    }

    /// v1: one process is being killed for want of memory; the others are to follow.
    func noteOutOfMemory(_ sandbox: WardenSandbox) {
        if let event = sandbox.leaf.memoryEventFD {
            var count: UInt64 = 0
            _ = read(event, &count, 8)
        }
        guard !sandbox.isReported, sandbox.killedFor == nil else { return }
        sandbox.isOutOfMemory = true
        sandbox.nextCheckNs = cb_now_ns()
        keepTime(sandbox)
    }

    func closeControl(_ sandbox: WardenSandbox) {
        poller.remove(sandbox.control)
        close(sandbox.control)
        sandbox.control = -1
    }

    /// Killing PID 1 makes the kernel kill all others of its namespace.
    func kill(_ sandbox: WardenSandbox, for verdict: cb_verdict) {
        if sandbox.killedFor == nil { sandbox.killedFor = verdict }
        sandbox.nextCheckNs = nil
        keepTime(sandbox)
        if !sandbox.isReaped { _ = cb_kill(sandbox.pidfd, SIGKILL) }
    }

    func report(_ sandbox: WardenSandbox) {
        guard !sandbox.isReported else { return }
        maker.stock.disturb(now: cb_now_ns())
        sandbox.isReported = true
        sandbox.nextCheckNs = nil
        keepTime(sandbox)
        guard let number = sandbox.connection, let connection = connections[number] else { return }
        var report = cb_reply(CB_REPORT, sandbox.clientID)
        report.verdict = sandbox.verdict.rawValue
        report.started_ns = sandbox.startedNs
        report.ended_ns = sandbox.ended?.at_ns ?? cb_now_ns()
        if let failure = sandbox.failure {
            report.step = failure.step
            report.index = failure.index
            report.error = failure.error
        }
        report.status = sandbox.ended?.status ?? 0
        do throws(CodeBoxError) {
            let usage = try sandbox.usage()
            report.cpu_user_us = UInt64(max(0, usage.cpuUserUs))
            report.cpu_system_us = UInt64(max(0, usage.cpuSystemUs))
            report.memory_peak_bytes = UInt64(max(0, usage.memoryPeakBytes))
            report.oom_kills = usage.memoryExceeded ? UInt32(clamping: usage.oomKills) : 0
        } catch {
            // What can't be measured can't be told apart: say so rather than guess.
            report.verdict = CB_VERDICT_FAILED.rawValue
            report.step = CB_STEP_CGROUP.rawValue
            report.setDetail(error.message)
        }
        reply(report, to: connection)
    }

    func reap(_ sandbox: WardenSandbox) {
        var (code, status): (CInt, CInt) = (0, 0)
        guard !sandbox.isReaped, cb_reap(sandbox.pidfd, 0, &code, &status) != 0 else { return }
        sandbox.isReaped = true
        // Its last words may still be in the socket.
        readNotes(sandbox)
        reapJob(sandbox)
        report(sandbox)
        closeJob(sandbox)
        poller.remove(sandbox.pidfd)
        close(sandbox.pidfd)
        if sandbox.control >= 0 { closeControl(sandbox) }
        if let event = sandbox.leaf.memoryEventFD { poller.remove(event) }
        sandbox.ends?.closeTheirs()
        sandbox.ends = nil
        sandbox.closeListener(&poller)
        remove(sandbox.leaf) { self.forget(sandbox) }
    }

    private func forget(_ sandbox: WardenSandbox) {
        maker.stock.disturb(now: cb_now_ns())
        sandboxes[sandbox.number] = nil
        clocks[sandbox.number] = nil
        images.release(sandbox.image)
        if let owner = sandbox.owner { maker.ids.releaseZygote(owner) }
        guard let number = sandbox.connection, let connection = connections[number] else { return }
        connection.sandboxes[sandbox.clientID] = nil
        reply(cb_reply(CB_GONE, sandbox.clientID), to: connection)
    }
}

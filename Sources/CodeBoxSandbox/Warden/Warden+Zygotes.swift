import CSandbox
import CodeBoxCore
import Glibc

// A zygote's way through the warden: asked for, up, forking, down.
extension Warden {
    func startZygote(_ request: cb_request, for connection: WardenConnection) {
        numbers += 1
        let number = numbers
        do throws(SandboxMaker.Failure) {
            guard zygotes.count < WardenBounds.zygotes else {
                throw SandboxMaker.Failure(
                    step: CB_STEP_CLONE, code: EAGAIN,
                    detail: "\(WardenBounds.zygotes) zygotes are alive already")
            }
            guard zygoteRate.take(now: cb_now_ns()) else {
                throw SandboxMaker.Failure(
                    step: CB_STEP_CLONE, code: EAGAIN,
                    detail: "more zygotes a second are asked for than the warden starts")
            }
            let image = request.imageName
            try images.take(image)
            let made: SandboxMaker.MadeZygote
            do throws(SandboxMaker.Failure) {
                made = try makeZygote(request, number, image)
            } catch {
                images.release(image)
                throw error
            }
            let zygote = WardenZygote(
                number: number, clientID: request.id, connection: connection.number, image: image,
                made: made)
            zygotes[number] = zygote
            connection.zygotes[request.id] = number
            clocks[number] = zygote.startDeadlineNs
            do throws(SystemError) {
                try poller.add(zygote.control, token: Source.zygote.token(number))
                try poller.add(zygote.pidfd, token: Source.zygoteProcess.token(number))
            } catch {
                // Its pidfd may not be watched, so its end is waited for here.
                _ = cb_kill(zygote.pidfd, SIGKILL)
                reap(zygote, block: true)
            }
        } catch {
            var reply = cb_reply(CB_ZYGOTE_DOWN, request.id)
            reply.step = error.step.rawValue
            reply.error = error.code
            reply.setDetail(error.detail)
            self.reply(reply, to: connection)
        }
    }

    /// How it is started is what the image's record says; the request names the image, and can't
    /// ask for another kind than the record's.
    private func makeZygote(
        _ request: cb_request, _ number: UInt64, _ image: String
    ) throws(SandboxMaker.Failure) -> SandboxMaker.MadeZygote {
        let start = try records.record(of: image)
        guard start.kind.wireKind.rawValue == request.zygote_kind else {
            throw SandboxMaker.Failure(
                step: CB_STEP_RECORD, code: EINVAL,
                detail: "the record of image \(image) is for \(start.kind.rawValue)")
        }
        let preload = try preloads.object(for: request.zygote_kind)
        return try maker.makeZygote(
            number: number, image: image, preload: preload, start: start,
            heapMiB: min(max(1, Int(request.heap_mib)), ZygoteStart.maximumHeapMiB))
    }

    func dropZygote(_ number: UInt64) {
        guard let zygote = zygotes[number] else { return }
        _ = cb_kill(zygote.pidfd, SIGKILL)
    }

    func readNotes(of zygote: WardenZygote) {
        var note = cb_note()
        for _ in 0..<Self.notesPerTurn {
            let count = recv(zygote.control, &note, MemoryLayout<cb_note>.size, 0)
            if count < 0, errno == EAGAIN { return }
            guard count == MemoryLayout<cb_note>.size else {
                // Its end of the socket is closed: it is ending, or else must.
                poller.remove(zygote.control)
                _ = cb_kill(zygote.pidfd, SIGKILL)
                return
            }
            switch note.kind {
            case CB_NOTE_READY.rawValue where !zygote.isUp:
                zygote.isUp = true
                clocks[zygote.number] = nil
                if let connection = connections[zygote.connection] {
                    reply(cb_reply(CB_ZYGOTE_UP, zygote.clientID), to: connection)
                }
            case CB_NOTE_FAILED.rawValue:
                if zygote.failure == nil { zygote.failure = note }
            default: break
            }
        }
    }

    func reap(_ zygote: WardenZygote, block: Bool = false) {
        var (code, status): (CInt, CInt) = (0, 0)
        guard cb_reap(zygote.pidfd, block ? 1 : 0, &code, &status) != 0 else { return }
        readNotes(of: zygote)
        tellDown(zygote, code, status)
        poller.remove(zygote.control)
        poller.remove(zygote.pidfd)
        for fd in [zygote.control, zygote.pidfd, zygote.output] { close(fd) }
        clocks[zygote.number] = nil
        zygotes[zygote.number] = nil
        connections[zygote.connection]?.zygotes[zygote.clientID] = nil
        for sandbox in sandboxes.values where sandbox.zygote == zygote.number { lose(sandbox) }
        // An interpreter may have started processes of its own.
        zygote.leaf.kill()
        remove(zygote.leaf) {
            self.images.release(zygote.image)
            self.maker.ids.releaseZygote(zygote.owner)
        }
        // A go-between of its may be under way.
        expectStrays()
    }

    private func tellDown(_ zygote: WardenZygote, _ code: CInt, _ status: CInt) {
        guard let connection = connections[zygote.connection] else { return }
        var reply = cb_reply(CB_ZYGOTE_DOWN, zygote.clientID)
        reply.step = zygote.failure?.step ?? CB_STEP_ZYGOTE.rawValue
        reply.error = zygote.failure?.error ?? 0
        let ending = code == CLD_EXITED ? "exited with \(status)" : "was killed by signal \(status)"
        reply.setDetail((zygote.fault ?? "the zygote \(ending)") + ". \(zygote.lastWords())")
        self.reply(reply, to: connection)
    }

    /// Ends a sandbox whose zygote died before it had forked for it.
    private func lose(_ sandbox: WardenSandbox) {
        guard sandbox.jobPidfd < 0, !sandbox.isReported else { return }
        fail(sandbox, CB_STEP_ZYGOTE, 0)
    }

    // MARK: Forking

    /// While PID 1 builds the sandbox, a zygote forks the job's process: on another core, if there is
    /// one.
    func requestFork(for sandbox: WardenSandbox) {
        guard let ends = sandbox.ends else { return }
        sandbox.ends = nil
        defer { ends.closeTheirs() }
        guard let number = sandbox.zygote, let zygote = zygotes[number], zygote.isUp else {
            fail(sandbox, CB_STEP_ZYGOTE, ESRCH)
            return
        }
        do throws(SandboxMaker.Failure) {
            try maker.requestFork(of: sandbox, ends: ends, from: zygote)
            sandbox.awaitFork()
            keepTime(sandbox)
        } catch {
            fail(sandbox, error.step, error.code)
        }
    }

    func fail(_ sandbox: WardenSandbox, _ step: cb_step, _ code: CInt) {
        if sandbox.failure == nil {
            var note = cb_note()
            note.step = step.rawValue
            note.error = code
            sandbox.failure = note
        }
        kill(sandbox, for: CB_VERDICT_FAILED)
        if sandbox.zygote != nil { expectStrays() }
    }

    /// A descriptor from the sandbox's side: the job's pidfd from the go-between, and the listener of
    /// its filter from the job's process, in either order; each once, and before the program comes, so
    /// that nobody who was taken over can hand us any.
    func take(_ fd: CInt, with note: cb_note, for sandbox: WardenSandbox) {
        do throws(SystemError) {
            if note.kind == CB_NOTE_FORKED.rawValue, sandbox.zygote != nil, !sandbox.isForked {
                try takeJob(fd, for: sandbox)
            } else if note.kind == CB_NOTE_READY.rawValue, sandbox.zygote != nil,
                !sandbox.isReady, sandbox.listener < 0, cb_is_listener(fd) != 0
            {
                sandbox.listener = fd
                try poller.add(fd, token: Source.exit.token(sandbox.number))
                if sandbox.isForked { tellReady(sandbox) }
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
            // One that has ended already is no fault of its zygote's.
            if pid != 0 { distrustZygote(of: sandbox) }
            return
        }
        sandbox.isForked = true
        sandbox.jobPID = pid
        sandbox.jobPidfd = fd
        try poller.add(fd, token: Source.job.token(sandbox.number))
        // A sandbox whose zygote dies before both have come is lost. Until then no run may have it.
        if sandbox.listener >= 0, !sandbox.isReady { tellReady(sandbox) }
    }

    /// Whether a process is the warden itself or one that it knows, and so no new job's.
    private func isKnown(_ pid: pid_t) -> Bool {
        pid == getpid() || pid == 1 || zygotes.values.contains { $0.pid == pid }
            || sandboxes.values.contains {
                // The kernel may give the pid of one that is reaped to another process.
                (!$0.isReaped && $0.pid == pid) || ($0.jobPidfd >= 0 && $0.jobPID == pid)
            }
    }

    /// Ends a zygote that hands in something else than a process that it forked: no fork goes wrong
    /// like that.
    private func distrustZygote(of sandbox: WardenSandbox) {
        fail(sandbox, CB_STEP_ZYGOTE_FORK, EBADF)
        guard let number = sandbox.zygote, let zygote = zygotes[number] else { return }
        var note = cb_note()
        note.step = CB_STEP_ZYGOTE_FORK.rawValue
        note.error = EBADF
        zygote.failure = note
        zygote.fault = "the zygote handed in a descriptor that is not of a process it has forked"
        dropZygote(number)
    }

    /// Lets go of the job's process, reaped or not: an unreaped one is a stray.
    func closeJob(_ sandbox: WardenSandbox) {
        guard sandbox.jobPidfd >= 0 else { return }
        poller.remove(sandbox.jobPidfd)
        close(sandbox.jobPidfd)
        sandbox.jobPidfd = -1
        expectStrays()
    }

    /// Somebody in the sandbox is about to end in the way of a forked interpreter.
    func hearOfExit(_ sandbox: WardenSandbox, hasCall: Bool) {
        var pid: CInt = 0
        var (argument, id): (UInt64, UInt64) = (0, 0)
        guard hasCall else {
            // The last process under the filter is gone.
            sandbox.closeListener(&poller)
            return
        }
        guard sandbox.listener >= 0,
            cb_receive_call(sandbox.listener, &pid, &argument, &id) == 0
        else { return }
        readNotes(sandbox)
        // Not the job's own process: a child that it forked, and which is to end like any other.
        guard pid == sandbox.jobPID, sandbox.startedNs > 0, sandbox.killedFor == nil else {
            cb_continue_call(sandbox.listener, id)
            return
        }
        end(sandbox, status: CInt(argument & 0xff) << 8)
    }

    /// The job has ended by itself.
    private func end(_ sandbox: WardenSandbox, status: CInt) {
        var note = cb_note()
        note.status = status
        note.at_ns = cb_now_ns()
        sandbox.ended = note
        report(sandbox)
        // The rest, and whatever it has left running, ends when the report has had its way: taking
        // two processes apart keeps two cores from it. Where others wait, they are what counts.
        if clocks.isEmpty {
            sandbox.linger(from: note.at_ns)
            keepTime(sandbox)
        } else {
            kill(sandbox, for: CB_VERDICT_ENDED)
        }
    }

    /// The job's process has ended; it is the warden's own child.
    func reapJob(_ sandbox: WardenSandbox) {
        guard sandbox.jobPidfd >= 0 else { return }
        var (code, status): (CInt, CInt) = (0, 0)
        // -ECHILD: the go-between, its parent so far, is not quite gone.
        guard cb_reap(sandbox.jobPidfd, 0, &code, &status) == 1 else { return }
        poller.remove(sandbox.jobPidfd)
        close(sandbox.jobPidfd)
        sandbox.jobPidfd = -1
        // Its last words, and whether PID 1 was there to the end: if not, that is what killed it.
        readNotes(sandbox)
        let wasKilled = code != CLD_EXITED && status == SIGKILL
        guard sandbox.killedFor == nil, !(wasKilled && sandbox.control < 0) else { return }
        if !sandbox.isReady {
            fail(sandbox, CB_STEP_ZYGOTE_FORK, 0)
            return
        }
        end(sandbox, status: code == CLD_EXITED ? status << 8 : status)
    }
}

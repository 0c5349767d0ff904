import CSandbox
import CodeBoxCore
import Glibc
import Logging

// A run's way: asked for, given a sandbox, fed, read, finished.
extension ClientLoop {
    /// Outputs that fit into their pipes need not be read while a short program runs; after so long
    /// they are.
    static let watchDelayNs: UInt64 = 1_000_000

    func start(_ run: SandboxRun) {
        if run.isCanceled {
            run.finish(.success(run.canceledReport))
            return
        }
        if !shutdowns.isEmpty {
            run.finish(.failure(Self.gone))
            return
        }
        guard link >= 0 else {
            guard case .path = endpoint else {
                run.finish(.failure(Self.gone))
                return
            }
            run.waitsSinceNs = cb_now_ns()
            waiting.append(run)
            return
        }
        runs[run.id] = run
        if run.pooled.pools.isEmpty {
            makeForOne(run)
        } else if let handover = pools.take(run.pooled, now: cb_now_ns()) {
            hand(handover, to: run)
        }
    }

    /// A sandbox that is made for this run and gets its program at once.
    func makeForOne(_ run: SandboxRun) {
        let id = pools.makeForOne(now: cb_now_ns())
        let sandbox = ClientSandbox(id: id, limits: run.spec.limits, run: run)
        run.sandbox = sandbox
        sandboxes[id] = sandbox
        send(cb_request(create: id, image: run.image, limits: run.spec.limits))
    }

    /// Gives a run a sandbox that waits.
    func hand(_ handover: Handover, to run: SandboxRun) {
        // The pools know no sandbox that the loop does not.
        guard let sandbox = sandboxes[handover.sandbox] else { return }
        sandbox.run = run
        run.sandbox = sandbox
        run.isCold = handover.isCold
        if handover.isForked { run.markForked() }
        sandbox.isAdapting = sandbox.limits.needsChange(for: run.spec.limits)
        // The warden needs to know by the time that the program has run for a while.
        if !sandbox.isAdapting { feed(sandbox, run) }
        send(
            cb_request(take: sandbox.id, limits: run.spec.limits, isAnswered: sandbox.isAdapting))
    }

    /// The warden's answer: the run's limits are in force, or can't be.
    func adapted(_ reply: cb_reply) {
        guard let sandbox = sandboxes[reply.id], sandbox.isAdapting, let run = sandbox.run else {
            return
        }
        sandbox.isAdapting = false
        guard reply.error != 0 || !reply.detailText.isEmpty else {
            if !run.isCanceled { feed(sandbox, run) }
            return
        }
        logger.warning(
            "a waiting sandbox could not be given other limits; one is made for the job",
            metadata: ["why": "\(reply.reason)"])
        sandbox.run = nil
        run.sandbox = nil
        run.isForked = false
        send(cb_request(kill: sandbox.id))
        pools.runEnded(now: cb_now_ns())
        run.isCold = true
        makeForOne(run)
    }

    /// Sends the program, first of all.
    func feed(_ sandbox: ClientSandbox, _ run: SandboxRun) {
        run.acquiredNs = cb_now_ns()
        sandbox.fedNs = run.acquiredNs
        let isSent = run.sendProgram(sandbox.job.raw)
        do throws(SystemError) {
            if isSent {
                shut(&sandbox.job)
            } else {
                try watch(&sandbox.job, Part.job.token(sandbox.id), writing: true)
            }
            if run.hasInput { Descriptor.setNonBlocking(sandbox.stdin.raw) }
            if run.sendInput(sandbox.stdin.raw) {
                shut(&sandbox.stdin)
            } else {
                try watch(&sandbox.stdin, Part.stdin.token(sandbox.id), writing: true)
            }
        } catch {
            giveUp(sandbox, error)
            return
        }
        if run.isWatchedAtOnce { watchOutputs(sandbox) } else { young.append(sandbox) }
    }

    func cancel(_ run: SandboxRun) {
        guard !run.isCanceled else { return }
        // It may come before its start, which then finds this; or after its end.
        run.isCanceled = true
        if runs[run.id] != nil {
            if let sandbox = run.sandbox {
                send(cb_request(kill: sandbox.id))
            } else if pools.cancel(run.id) {
                runs[run.id] = nil
                run.finish(.success(run.canceledReport))
            }
        } else if let index = waiting.firstIndex(where: { $0 === run }) {
            waiting.remove(at: index)
            run.finish(.success(run.canceledReport))
        }
    }

    func continueProgram(_ sandbox: ClientSandbox) {
        if sandbox.run?.sendProgram(sandbox.job.raw) ?? true { shut(&sandbox.job) }
    }

    func continueInput(_ sandbox: ClientSandbox) {
        if sandbox.run?.sendInput(sandbox.stdin.raw) ?? true { shut(&sandbox.stdin) }
    }

    // MARK: Outputs

    /// When the outputs of the next run are to be watched.
    var watchNs: UInt64? {
        young.first.map { $0.fedNs + Self.watchDelayNs }
    }

    /// Watches the outputs of those that run for long.
    func watchElders(_ now: UInt64) {
        while let first = young.first, first.isOver || first.fedNs + Self.watchDelayNs <= now {
            young.removeFirst()
            if !first.isOver { watchOutputs(first) }
        }
    }

    private func watchOutputs(_ sandbox: ClientSandbox) {
        do throws(SystemError) {
            try watch(&sandbox.stdout, Part.stdout.token(sandbox.id))
            try watch(&sandbox.stderr, Part.stderr.token(sandbox.id))
        } catch {
            giveUp(sandbox, error)
        }
    }

    func readOutput(_ sandbox: ClientSandbox, _ stream: OutputStream) {
        guard let run = sandbox.run else { return }
        let fd = stream == .stdout ? sandbox.stdout.raw : sandbox.stderr.raw
        // One bufferful a turn, so that a flood on one pipe starves no other.
        guard case .ended = run.read(stream, fd, into: buffer, most: buffer.count) else { return }
        if stream == .stdout { shut(&sandbox.stdout) } else { shut(&sandbox.stderr) }
    }
}

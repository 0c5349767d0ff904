import CWire
import CodeBoxCore
import Glibc
import Logging
import CodeBoxSystem
import CodeBoxSandbox

// What the warden says of sandboxes, and their descriptors.
extension ClientLoop {
    func created(_ id: UInt64, _ fds: ArraySlice<CInt>) {
        guard let sandbox = sandboxes[id] else {
            for fd in fds { close(fd) }
            return
        }
        guard fds.count == 4 else {
            // The kernel leaves out those that there is no room for in this process.
            for fd in fds { close(fd) }
            lacksDescriptors(sandbox)
            return
        }
        sandbox.job.raw = fds[0]
        sandbox.stdin.raw = fds[1]
        sandbox.stdout.raw = fds[2]
        sandbox.stderr.raw = fds[3]
        // Sent with MSG_DONTWAIT; standard input is made so if there is any.
        Descriptor.setNonBlocking(sandbox.stdout.raw)
        Descriptor.setNonBlocking(sandbox.stderr.raw)
        // One that was made for a run takes its program now; the others when they are ready.
        if let run = sandbox.run, !run.isCanceled { feed(sandbox, run) }
    }

    func ready(_ reply: cb_reply) {
        let bytes = Int(min(reply.memory_peak_bytes, 1 << 48))
        guard let handover = pools.ready(reply.id, bytes: bytes, now: cb_now_ns()),
            let run = runs[handover.run]
        else { return }
        hand(handover, to: run)
    }

    func reported(_ reply: cb_reply) {
        guard let sandbox = sandboxes.removeValue(forKey: reply.id) else { return }
        sandbox.isOver = true
        if let run = sandbox.run {
            run.drain(.stdout, sandbox.stdout, into: buffer)
            run.drain(.stderr, sandbox.stderr, into: buffer)
            run.finish(run.outcome(of: reply), isGone: false)
            // Whoever waited has the answer; the rest is ours alone.
            runs[run.id] = nil
            pools.runEnded(now: cb_now_ns())
        } else {
            endedEarly(reply)
        }
        lingering.updateValue(sandbox.run, forKey: reply.id)
        closeDescriptors(sandbox)
        if young.first === sandbox { young.removeFirst() }
    }

    /// A pooled sandbox has ended that nobody had yet.
    private func endedEarly(_ reply: cb_reply) {
        switch pools.failed(reply.id, byZygote: reply.isZygotesFault, now: cb_now_ns()) {
        case .run(let id):
            if let run = runs.removeValue(forKey: id) { run.finish(run.outcome(of: reply)) }
        case .worthTelling:
            logger.error(
                "sandboxes for a warm pool can't be made; trying on",
                metadata: ["why": "\(reply.failure?.message ?? "it was killed")"])
        case .ignored: break
        }
    }

    private func lacksDescriptors(_ sandbox: ClientSandbox) {
        sandboxes[sandbox.id] = nil
        sandbox.isOver = true
        lingering.updateValue(sandbox.run, forKey: sandbox.id)
        send(cb_request(kill: sandbox.id))
        let now = cb_now_ns()
        pools.stopGrowing(now: now)
        var failed = sandbox.run
        if failed != nil {
            pools.runEnded(now: now)
        } else if case .run(let id) = pools.failed(sandbox.id, byZygote: false, now: now) {
            failed = runs[id]
        }
        guard let run = failed else { return }
        runs[run.id] = nil
        run.finish(.failure(Self.outOfDescriptors), isGone: run !== sandbox.run)
    }

    /// Ends a sandbox whose descriptors can't be watched.
    func giveUp(_ sandbox: ClientSandbox, _ error: SystemError) {
        logger.error("can't watch a sandbox", metadata: ["error": "\(error)"])
        send(cb_request(kill: sandbox.id))
    }

    // MARK: Descriptors

    func watch(_ pipe: inout ClientPipe, _ token: UInt64, writing: Bool = false)
        throws(SystemError)
    {
        guard pipe.isOpen, !pipe.isWatched else { return }
        try poller.add(pipe.raw, token: token, reading: !writing, writing: writing)
        pipe.isWatched = true
    }

    func closeDescriptors(_ sandbox: ClientSandbox) {
        shut(&sandbox.job)
        shut(&sandbox.stdin)
        shut(&sandbox.stdout)
        shut(&sandbox.stderr)
    }

    func shut(_ pipe: inout ClientPipe) {
        guard pipe.isOpen else { return }
        if pipe.isWatched { poller.remove(pipe.raw) }
        close(pipe.raw)
        pipe = ClientPipe()
    }
}

import CWire
import CodeBoxCore
import CodeBoxSandbox
import CodeBoxSystem
import Glibc
import Logging

/// A run's way: it is asked for, gets a sandbox, gets its program, is read, and is finished.
///
/// Decides nothing about pools (``WarmPools`` does) and touched by the client's thread alone.
final class ClientRuns {
    /// A program that writes more than this at once lets others have their turn in between.
    private static let readBytes = 64 << 10

    private let link: WardenLink
    private let events: ClientEvents
    private let logger: Logger
    /// Nil where the warden is not this client's own.
    private let warden: WardenProcess?
    /// Why a run fails that finds no warden.
    private var absence = ClientRuns.gone
    private var pools: WarmPools
    private var runs = RunTable()
    private var outputs = OutputWatch()
    /// By id: asked for, and not yet reported.
    private var sandboxes: [UInt64: ClientSandbox] = [:]
    /// By id: reported, but the warden has not said yet that they are gone; each with its run, if
    /// it had one.
    private var lingering: [UInt64: SandboxRun?] = [:]
    private var isEnding = false
    private let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: readBytes, alignment: 16)

    init(
        link: WardenLink, events: ClientEvents, pools: WarmPools, warden: WardenProcess?,
        logger: Logger
    ) {
        self.warden = warden
        self.link = link
        self.events = events
        self.pools = pools
        self.logger = logger
    }

    deinit { buffer.deallocate() }

    /// Whether nothing is under way, here or in the warden.
    var isEmpty: Bool {
        runs.isEmpty && sandboxes.isEmpty && (lingering.isEmpty || !link.isOpen)
    }

    // MARK: The link

    func connect() {
        guard link.connect(now: cb_now_ns()) else { return }
        for run in runs.removeWaiting() { start(run) }
    }

    func close() { link.close() }

    func handle(_ event: ClientEvents.Event) {
        if event.part == .link { return readReplies() }
        guard let sandbox = sandboxes[event.id] else { return }
        switch event.part {
        case .job: sendProgram(sandbox)
        case .stdin: sendInput(sandbox)
        case .stdout: readOutput(sandbox, .stdout)
        case .stderr: readOutput(sandbox, .stderr)
        case .link, .wakeup: break
        }
    }

    private func readReplies() {
        while true {
            switch link.receive() {
            case .nothing: return
            case .lost: return lose()
            case .reply(let reply, let fds): hear(reply, fds)
            }
        }
    }

    private func hear(_ reply: cb_reply, _ fds: [CInt]) {
        switch reply.kind {
        case CB_CREATED.rawValue: created(reply.id, fds)
        case CB_READY.rawValue: ready(reply)
        case CB_TAKEN.rawValue: adapted(reply)
        case CB_REPORT.rawValue: reported(reply)
        case CB_GONE.rawValue: lingering.removeValue(forKey: reply.id)??.leave()
        case CB_ZYGOTE_UP.rawValue: zygoteIsUp(reply)
        case CB_ZYGOTE_DOWN.rawValue: zygoteIsDown(reply)
        default: break
        }
    }

    private func zygoteIsUp(_ reply: cb_reply) {
        pools.zygoteIsUp(reply.id, isRestless: reply.status > 0, now: cb_now_ns())
        guard reply.status > 0 else { return }
        logger.notice(
            "programs of a zygote wake threads of its interpreter, which takes time",
            metadata: ["threads": "\(reply.status)"])
    }

    private func zygoteIsDown(_ reply: cb_reply) {
        if pools.zygoteIsDown(reply.id, now: cb_now_ns()) {
            logger.warning(
                "a zygote is down; programs start their interpreters until it is up again",
                metadata: ["why": "\(reply.reason)"])
        }
    }

    /// The warden is gone, and with it every sandbox.
    private func lose() {
        link.close()
        let now = cb_now_ns()
        let inLine = pools.forget(now: now).compactMap { runs.remove($0.id) }
        logger.warning("lost the warden", metadata: ["running": "\(runs.startedCount)"])
        for run in lingering.values { run?.leave() }
        lingering = [:]
        outputs.removeAll()
        for sandbox in sandboxes.values { events.shutAll(of: sandbox) }
        sandboxes = [:]
        let words = warden?.lastWords() ?? ""
        let failure = words.isEmpty ? Self.lost : Self.ended(words)
        if !words.isEmpty { absence = failure }
        for run in runs.removeStarted() { run.finish(.failure(failure)) }
        if link.canReconnect { connect() }
        for run in inLine { start(run) }
    }

    // MARK: Clocks and pools

    /// When ``checkClocks(_:)`` or ``settle(_:)`` has something to do.
    var nextNs: UInt64? {
        var next = min(link.nextNs ?? .max, runs.nextNs ?? .max, outputs.nextNs ?? .max)
        if link.isOpen { next = min(next, pools.deadlineNs ?? .max) }
        return next == .max ? nil : next
    }

    func checkClocks(_ now: UInt64) {
        if let at = link.nextNs, at <= now { connect() }
        for run in runs.removeExpired(now) { run.finish(.failure(Self.gone)) }
        while let sandbox = outputs.next(now) { watchOutputs(sandbox) }
    }

    /// Carries out what the pools want, once the runs of this turn have what they need.
    func settle(_ now: UInt64) {
        guard link.isOpen, pools.isDue(now) else { return }
        for order in pools.plan(now: now) { carryOut(order) }
    }

    private func carryOut(_ order: PoolOrder) {
        switch order {
        case .make(let id, let key, let zygote):
            sandboxes[id] = ClientSandbox(id: id, limits: key.limits)
            link.send(
                cb_request(
                    make: id, image: Hex.bytes(key.image) ?? [], limits: key.limits,
                    zygote: zygote))
        case .kill(let id): link.send(cb_request(kill: id))
        case .startZygote(let id, let name):
            link.send(
                cb_request(
                    startZygote: id, image: Hex.bytes(name.image) ?? [], setting: name.setting))
        case .dropZygote(let id): link.send(cb_request(dropZygote: id))
        }
    }

    func keepWarm(_ keys: [WarmPoolKey]) {
        pools.keepWarm(keys, now: cb_now_ns())
    }

    var statistics: WarmPoolStatistics { pools.statistics }

    // MARK: Starting and canceling

    func start(_ run: SandboxRun) {
        if run.isCanceled {
            run.finish(.success(run.canceledReport))
        } else if isEnding {
            run.finish(.failure(Self.gone))
        } else if link.isOpen {
            runs.start(run)
            if run.pooled.pools.isEmpty {
                makeForOne(run)
            } else if let handover = pools.take(run.pooled, now: cb_now_ns()) {
                hand(handover, to: run)
            }
        } else if link.canReconnect {
            runs.wait(run, now: cb_now_ns())
        } else {
            run.finish(.failure(absence))
        }
    }

    func cancel(_ run: SandboxRun) {
        guard !run.isCanceled else { return }
        // It may come before its start, which then finds this; or after its end.
        run.isCanceled = true
        if runs[run.id] != nil {
            if let sandbox = run.sandbox {
                link.send(cb_request(kill: sandbox.id))
            } else if pools.cancel(run.id) {
                runs.remove(run.id)
                run.finish(.success(run.canceledReport))
            }
        } else if runs.stopWaiting(run) {
            run.finish(.success(run.canceledReport))
        }
    }

    /// Cancels every run, and lets no other start.
    func end() {
        isEnding = true
        for run in runs.removeWaiting() { run.finish(.failure(Self.gone)) }
        for run in runs.allStarted { cancel(run) }
        pools.end()
    }

    // MARK: A sandbox for the run

    /// A sandbox that is made for this run and gets its program at once.
    private func makeForOne(_ run: SandboxRun) {
        let id = pools.makeForOne(now: cb_now_ns())
        let sandbox = ClientSandbox(id: id, limits: run.spec.limits, run: run)
        run.sandbox = sandbox
        sandboxes[id] = sandbox
        link.send(cb_request(create: id, image: run.image, limits: run.spec.limits))
    }

    /// Gives a run a sandbox that waits.
    private func hand(_ handover: Handover, to run: SandboxRun) {
        // The pools know no sandbox that is not in the table.
        guard let sandbox = sandboxes[handover.sandbox] else { return }
        sandbox.run = run
        run.sandbox = sandbox
        run.isCold = handover.isCold
        if handover.isForked { run.allowForking() }
        sandbox.isAdapting = sandbox.limits.needsChange(for: run.spec.limits)
        // The warden needs to know by the time that the program has run for a while.
        if !sandbox.isAdapting { feed(sandbox, run) }
        let isAnswered = sandbox.isAdapting
        link.send(cb_request(take: sandbox.id, limits: run.spec.limits, isAnswered: isAnswered))
    }

    /// The warden's answer: the run's limits are in force, or can't be.
    private func adapted(_ reply: cb_reply) {
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
        link.send(cb_request(kill: sandbox.id))
        pools.runEnded(now: cb_now_ns())
        run.isCold = true
        makeForOne(run)
    }

    private func created(_ id: UInt64, _ fds: [CInt]) {
        guard let sandbox = sandboxes[id] else {
            for fd in fds { Glibc.close(fd) }
            return
        }
        guard fds.count == 4 else {
            // The kernel leaves out those that there is no room for in this process.
            for fd in fds { Glibc.close(fd) }
            return lacksDescriptors(sandbox)
        }
        sandbox.open(fds)
        // A sandbox that was made for a run takes its program now; the others when they are ready.
        if let run = sandbox.run, !run.isCanceled { feed(sandbox, run) }
    }

    private func ready(_ reply: cb_reply) {
        let bytes = Int(min(reply.memory_peak_bytes, 1 << 48))
        guard let handover = pools.ready(reply.id, bytes: bytes, now: cb_now_ns()),
            let run = runs[handover.run]
        else { return }
        hand(handover, to: run)
    }

    private func lacksDescriptors(_ sandbox: ClientSandbox) {
        sandboxes[sandbox.id] = nil
        sandbox.isOver = true
        lingering.updateValue(sandbox.run, forKey: sandbox.id)
        link.send(cb_request(kill: sandbox.id))
        let now = cb_now_ns()
        pools.stopGrowing(now: now)
        var failed = sandbox.run
        if failed != nil {
            pools.runEnded(now: now)
        } else if case .run(let id) = pools.failed(sandbox.id, byZygote: false, now: now) {
            failed = runs[id]
        }
        guard let run = failed else { return }
        runs.remove(run.id)
        run.finish(.failure(Self.outOfDescriptors), isGone: run !== sandbox.run)
    }

    // MARK: Program, input and outputs

    /// Sends the program, first of all.
    private func feed(_ sandbox: ClientSandbox, _ run: SandboxRun) {
        run.acquiredNs = cb_now_ns()
        sandbox.fedNs = run.acquiredNs
        let isSent = run.sendProgram(sandbox.job.raw)
        do throws(SystemError) {
            if isSent {
                events.shut(&sandbox.job)
            } else {
                try events.watch(&sandbox.job, .job, of: sandbox.id, writing: true)
            }
            if run.hasInput { Descriptor.setNonBlocking(sandbox.stdin.raw) }
            if run.giveInput(sandbox.stdin.raw) {
                sandbox.stdin = ClientPipe()
            } else if run.sendInput(sandbox.stdin.raw) {
                events.shut(&sandbox.stdin)
            } else {
                try events.watch(&sandbox.stdin, .stdin, of: sandbox.id, writing: true)
            }
        } catch {
            giveUp(sandbox, error)
            return
        }
        if run.isWatchedAtOnce { watchOutputs(sandbox) } else { outputs.add(sandbox) }
    }

    private func sendProgram(_ sandbox: ClientSandbox) {
        if sandbox.run?.sendProgram(sandbox.job.raw) ?? true { events.shut(&sandbox.job) }
    }

    private func sendInput(_ sandbox: ClientSandbox) {
        if sandbox.run?.sendInput(sandbox.stdin.raw) ?? true { events.shut(&sandbox.stdin) }
    }

    private func watchOutputs(_ sandbox: ClientSandbox) {
        do throws(SystemError) {
            try events.watch(&sandbox.stdout, .stdout, of: sandbox.id)
            try events.watch(&sandbox.stderr, .stderr, of: sandbox.id)
        } catch {
            giveUp(sandbox, error)
        }
    }

    private func readOutput(_ sandbox: ClientSandbox, _ stream: OutputStream) {
        guard let run = sandbox.run else { return }
        let fd = stream == .stdout ? sandbox.stdout.raw : sandbox.stderr.raw
        // One bufferful a turn, so that a flood on one pipe starves no other.
        guard case .ended = run.read(stream, fd, into: buffer, most: buffer.count) else { return }
        if stream == .stdout { events.shut(&sandbox.stdout) } else { events.shut(&sandbox.stderr) }
    }

    /// Ends a sandbox whose descriptors can't be watched.
    private func giveUp(_ sandbox: ClientSandbox, _ error: SystemError) {
        logger.error("can't watch a sandbox", metadata: ["error": "\(error)"])
        link.send(cb_request(kill: sandbox.id))
    }

    // MARK: The end

    private func reported(_ reply: cb_reply) {
        guard let sandbox = sandboxes.removeValue(forKey: reply.id) else { return }
        sandbox.isOver = true
        if let run = sandbox.run {
            run.drain(.stdout, sandbox.stdout, into: buffer)
            run.drain(.stderr, sandbox.stderr, into: buffer)
            run.finish(run.outcome(of: reply), isGone: false)
            // The caller has its answer; the rest takes nothing from it.
            runs.remove(run.id)
            pools.runEnded(now: cb_now_ns())
        } else {
            endedEarly(reply)
        }
        lingering.updateValue(sandbox.run, forKey: reply.id)
        events.shutAll(of: sandbox)
        outputs.remove(sandbox)
    }

    /// A pooled sandbox has ended before a run got it.
    private func endedEarly(_ reply: cb_reply) {
        switch pools.failed(reply.id, byZygote: reply.isZygotesFault, now: cb_now_ns()) {
        case .run(let id):
            if let run = runs.remove(id) { run.finish(run.outcome(of: reply)) }
        case .worthTelling:
            logger.error(
                "sandboxes for a warm pool can't be made; trying on",
                metadata: ["why": "\(reply.failure?.message ?? "it was killed")"])
        case .ignored: break
        }
    }
}

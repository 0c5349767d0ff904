import CLinux
import CWire
import CodeBoxCore
import CodeBoxSystem
import Glibc

/// The one privileged process: makes sandboxes, watches their clocks, reports how they ended, and
/// puts them away. One thread and one epoll set, which is the only place where it waits.
final class Warden {
    private let options: WardenOptions
    private let cgroups: any CgroupHierarchy
    private let events: WardenEvents
    private let clients: WardenClients
    private let maker: SandboxMaker
    private let removals = CgroupRemovals()
    private let strays = Strays()
    private let zygotes: ZygoteTable
    private let sandboxes: SandboxTable
    private let signals: CInt
    private let kernelMemory: KernelMemoryWatch
    private var sweep: PredecessorSweep
    private var heartbeat: Heartbeat
    private var isOver = false

    init(_ options: WardenOptions, cgroups: any CgroupHierarchy) throws(CodeBoxError) {
        self.options = options
        self.cgroups = cgroups
        let initFD = cb_seal_program(options.initPath)
        guard initFD >= 0 else {
            throw CodeBoxError(
                .sandboxFailed,
                "PID 1's program \(options.initPath) can't be read; it is installed beside codebox",
                cause: SystemError.text(-initFD))
        }
        let adopted = cb_adopt_orphans()
        guard adopted == 0 else {
            throw CodeBoxError(
                .wardenUnavailable, "the warden can't adopt what its zygotes fork",
                cause: SystemError.text(-adopted))
        }
        maker = try SandboxMaker(
            cgroups: cgroups, imagesDirectory: options.imagesDirectory, initFD: initFD,
            preloads: PreloadObjects(besides: options.initPath), preparingAs: options.preparingAs,
            tellsRefusals: options.tellsRefusals, reusesNetworks: options.bounds.reusesNetworks)
        try cgroups.bound(
            memoryBytes: options.bounds.memoryBytes, processes: options.bounds.processes)
        try cgroups.weigh(cpuWeight: options.bounds.cpuWeight)
        if geteuid() == 0 { try cgroups.admit(group: maker.zygoteGroup) }
        do throws(SystemError) {
            events = try WardenEvents()
            signals = try Self.openSignals()
        } catch {
            throw CodeBoxError(.wardenUnavailable, "the warden can't start", error)
        }
        clients = WardenClients(events, allowedUID: options.allowedUID)
        let images = ImageLocks(
            directory: options.imagesDirectory, checksOwners: !options.hasSubordinateIDs)
        zygotes = ZygoteTable(
            options, events: events, clients: clients, maker: maker, images: images,
            removals: removals, strays: strays)
        sandboxes = SandboxTable(
            options.bounds, events: events, clients: clients, maker: maker, images: images,
            zygotes: zygotes, removals: removals, strays: strays)
        kernelMemory = try KernelMemoryWatch(budgetBytes: options.bounds.kernelMemoryBytes)
        sweep = PredecessorSweep(cgroups, now: cb_now_ns())
        heartbeat = Heartbeat(on: options.beats ? options.lifelineFD : nil, now: cb_now_ns())
        do throws(SystemError) {
            try listen()
        } catch {
            throw CodeBoxError(.wardenUnavailable, "the warden can't start", error)
        }
    }

    private func listen() throws(SystemError) {
        try events.add(signals, .signals)
        if let lifeline = options.lifelineFD { try events.add(lifeline, .lifeline) }
        if let path = options.socketPath { try clients.listen(at: path) }
        if let socket = options.socketFD { clients.connect(socket) }
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

    // MARK: The loop

    /// Serves until the lifeline closes, SIGTERM comes, or the only client is gone.
    func run() {
        while !isOver {
            let happened = events.wait(until: nextNs, now: cb_now_ns())
            // Ends before requests: the client of a job that has ended waits for less than the
            // client of a new sandbox.
            for event in happened where event.source != .connection { handle(event) }
            for event in happened where event.source == .connection { handle(event) }
            checkClocks(cb_now_ns())
        }
        destroyAll()
    }

    private func handle(_ event: WardenEvents.Event) {
        switch event.source {
        case .listener: clients.accept()
        case .lifeline: isOver = true
        case .signals: if isFromOutside() { isOver = true }
        case .connection: serve(event)
        case .zygote, .zygoteProcess:
            if let zygote = zygotes[event.number] { handle(event, zygote) }
        case .control, .process, .memory, .job, .exit:
            if let sandbox = sandboxes[event.number] { handle(event, sandbox) }
        }
    }

    private func handle(_ event: WardenEvents.Event, _ sandbox: WardenSandbox) {
        switch event.source {
        case .control: sandboxes.readNotes(sandbox)
        case .process: sandboxes.reap(sandbox)
        case .memory: sandboxes.runOutOfMemory(sandbox)
        case .job: sandboxes.reapJob(sandbox)
        case .exit: sandboxes.hearOfCall(sandbox, hasCall: event.readable)
        default: break
        }
    }

    private func handle(_ event: WardenEvents.Event, _ zygote: WardenZygote) {
        if event.source == .zygote {
            zygotes.readNotes(zygote)
        } else if zygotes.reap(zygote) {
            sandboxes.lose(zygote: zygote.number)
        }
    }

    /// Whether the signal that waits was sent by kill(2) from outside of the warden's pid
    /// namespace. Zygotes, which share its uid for a moment of each clone, may not end it. They can
    /// queue a signal with any sender's pid, but not with the code of kill(2) (rt_sigqueueinfo(2)).
    private func isFromOutside() -> Bool {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard read(signals, &info, size) == size else { return false }
        return getpid() != 1 || (info.ssi_pid == 0 && info.ssi_code == SI_USER)
    }

    // MARK: Clients

    private func serve(_ event: WardenEvents.Event) {
        guard let connection = clients.connection(event.number) else { return }
        let isAlive = clients.serve(connection, event) { handle($0, connection) }
        if !isAlive { disconnect(connection) }
    }

    /// - Returns: false for a request that makes no sense.
    private func handle(_ request: cb_request, _ connection: WardenConnection) -> Bool {
        let sandbox = connection.sandbox(request.id)
        switch request.kind {
        case CB_CREATE.rawValue:
            // Two of one id could not be told apart, and one would outlive its client.
            guard sandbox == nil else { return false }
            sandboxes.create(request, for: connection)
        case CB_KILL.rawValue:
            if let sandbox = sandboxes[sandbox] { sandboxes.kill(sandbox) }
        case CB_TAKE.rawValue:
            if let sandbox = sandboxes[sandbox] { sandboxes.take(sandbox, request) }
        case CB_ZYGOTE.rawValue:
            guard connection.zygote(request.id) == nil else { return false }
            zygotes.start(request, for: connection)
        case CB_DROP_ZYGOTE.rawValue: zygotes.drop(connection.zygote(request.id))
        default: return false
        }
        return true
    }

    private func disconnect(_ connection: WardenConnection) {
        clients.remove(connection)
        sandboxes.orphan(connection.allSandboxes)
        for number in connection.allZygotes { zygotes.drop(number) }
        if clients.areGone { isOver = true }
    }

    // MARK: Clocks

    private var nextNs: UInt64? {
        var next = min(sandboxes.nextNs ?? .max, zygotes.nextNs ?? .max, maker.nextNs ?? .max)
        next = min(next, removals.dueNs ?? .max, strays.dueNs ?? .max)
        next = min(next, sweep.dueNs ?? .max, heartbeat.dueNs ?? .max)
        next = min(next, kernelMemory.dueNs ?? .max)
        return next == .max ? nil : next
    }

    private func checkClocks(_ now: UInt64) {
        sandboxes.checkClocks(now)
        kernelMemory.check(now, sandboxes)
        zygotes.checkClocks(now)
        removals.check(now)
        strays.check(now) { self.knownPIDs }
        sweep.check(now)
        maker.restock(now)
        heartbeat.check(now)
    }

    private var knownPIDs: Set<pid_t> { Set(zygotes.pids + sandboxes.pids) }

    // MARK: The end

    private func destroyAll() {
        zygotes.dropAll()
        sandboxes.killAll()
        strays.reapAll(but: knownPIDs)
        cgroups.removeAll()
        if let path = options.socketPath { unlink(path) }
    }
}

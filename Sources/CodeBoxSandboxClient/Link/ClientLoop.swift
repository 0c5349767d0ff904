import CLinux
import CWire
import CodeBoxCore
import Glibc
import Logging
import Synchronization
import CodeBoxSystem
import CodeBoxSandbox

/// The client's thread: one epoll set over the warden's socket and every run's pipes.
///
/// All state but ``inbox`` and ``gate`` belongs to the thread.
final class ClientLoop: @unchecked Sendable {
    enum Command: Sendable {
        case start(SandboxRun)
        case cancel(SandboxRun)
        case keepWarm([WarmPoolKey])
        case statistics(CheckedContinuation<WarmPoolStatistics, Never>)
        case shutdown(CheckedContinuation<Void, Never>)
    }

    /// How long a run waits for a warden that is being restarted, before it fails.
    static let reconnectGraceNs: UInt64 = 5_000_000_000
    static let firstRetryNs: UInt64 = 5_000_000
    static let lastRetryNs: UInt64 = 500_000_000
    /// A program that writes more than this at once lets others have their turn in between.
    static let readBytes = 64 << 10

    private struct Inbox {
        var commands: [Command] = []
        /// The thread sleeps, or is about to: it wants to be woken.
        var isAsleep = false
        /// The thread has ended: nobody will look here again.
        var isClosed = false
    }

    private let inbox = Mutex(Inbox())
    private let wakeup: CInt
    let gate = ConnectionGate()

    let endpoint: WardenEndpoint
    let warden: WardenProcess?
    let logger: Logger
    var poller: Poller
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: readBytes, alignment: 16)
    /// The warden's socket; -1 while there is none.
    var link: CInt = -1
    var retryNs = firstRetryNs
    var retryAtNs: UInt64?
    var pools: WarmPools
    /// By id: asked for, and not yet reported.
    var sandboxes: [UInt64: ClientSandbox] = [:]
    /// By id: in a pool's line or in a sandbox, not yet finished.
    var runs: [UInt64: SandboxRun] = [:]
    /// Came while there was no warden.
    var waiting: [SandboxRun] = []
    /// Fed lately, in that order; their outputs are not yet watched.
    var young: [ClientSandbox] = []
    /// By id: reported, but the warden has not yet said that they are gone. With the run that was in
    /// it, if any was.
    var lingering: [UInt64: SandboxRun?] = [:]
    var shutdowns: [CheckedContinuation<Void, Never>] = []

    /// What an event's token stands for: a sandbox's id above, the part below.
    enum Part: UInt64 {
        case link, wakeup, job, stdin, stdout, stderr
        func token(_ id: UInt64 = 0) -> UInt64 { id << 8 | rawValue }
    }

    init(
        endpoint: WardenEndpoint, warden: WardenProcess?, policy: WarmPoolPolicy, logger: Logger
    ) throws(CodeBoxError) {
        self.endpoint = endpoint
        self.warden = warden
        self.logger = logger
        pools = WarmPools(
            policy: policy, cores: sysconf(CInt(_SC_NPROCESSORS_ONLN)),
            mostWaiting: Self.mostWaiting())
        do throws(SystemError) {
            poller = try Poller()
            wakeup = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
            guard wakeup >= 0 else { throw SystemError("eventfd") }
            // Edge-triggered: it need not be read to be quiet again.
            try poller.add(wakeup, token: Part.wakeup.token(), onEdges: true)
        } catch {
            throw CodeBoxError(
                .wardenUnavailable, "the warden's client can't start", cause: error.description)
        }
    }

    deinit {
        close(wakeup)
        buffer.deallocate()
    }

    func post(_ command: Command) {
        let (isRefused, isAsleep) = inbox.withLock { inbox in
            if inbox.isClosed { return (true, false) }
            inbox.commands.append(command)
            defer { inbox.isAsleep = false }
            return (false, inbox.isAsleep)
        }
        if isRefused { Self.refuse(command) }
        guard isAsleep else { return }
        var one: UInt64 = 1
        _ = write(wakeup, &one, 8)
    }

    func startThread() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        let code = pthread_create(
            &thread, nil,
            { context in
                let loop = Unmanaged<ClientLoop>.fromOpaque(context!).takeRetainedValue()
                loop.run()
                return nil
            }, context)
        // Out of threads or memory: there is nothing a caller could do but end.
        precondition(code == 0, "pthread_create: \(SystemError.text(code))")
        pthread_detach(thread)
    }

    private func run() {
        // A program that closes its input must not end us; writing says EPIPE then. For this thread
        // alone: the process's own setting is not a library's to change.
        var brokenPipe = sigset_t()
        sigemptyset(&brokenPipe)
        sigaddset(&brokenPipe, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &brokenPipe, nil)
        connect()
        settle(cb_now_ns())
        while !isOver {
            let deadline = mayFallAsleep() ? nextDeadline() : 0
            let events = poller.wait(until: deadline, now: cb_now_ns())
            let commands = takeCommands()
            for event in events { handle(event) }
            for command in commands { obey(command) }
            let now = cb_now_ns()
            checkClocks(now)
            settle(now)
        }
        if link >= 0 { closeLink() }
        warden?.end()
        for continuation in shutdowns { continuation.resume() }
        // Whoever came since the last look must not wait for ever.
        let late = inbox.withLock { inbox in
            inbox.isClosed = true
            defer { inbox.commands = [] }
            return inbox.commands
        }
        for command in late { Self.refuse(command) }
    }

    private var isOver: Bool {
        !shutdowns.isEmpty && runs.isEmpty && waiting.isEmpty && sandboxes.isEmpty
            && (lingering.isEmpty || link < 0)
    }

    /// Answers what comes after the end.
    private static func refuse(_ command: Command) {
        switch command {
        case .start(let run): run.finish(.failure(gone))
        case .cancel, .keepWarm: break
        case .statistics(let continuation): continuation.resume(returning: WarmPoolStatistics())
        case .shutdown(let continuation): continuation.resume()
        }
    }

    private func handle(_ event: Poller.Event) {
        let part = Part(rawValue: event.token & 0xff)
        if part == .link { return readReplies() }
        guard let sandbox = sandboxes[event.token >> 8] else { return }
        switch part {
        case .job: continueProgram(sandbox)
        case .stdin: continueInput(sandbox)
        case .stdout: readOutput(sandbox, .stdout)
        case .stderr: readOutput(sandbox, .stderr)
        case .link, .wakeup, nil: break
        }
    }

    private func mayFallAsleep() -> Bool {
        inbox.withLock { inbox in
            inbox.isAsleep = inbox.commands.isEmpty
            return inbox.isAsleep
        }
    }

    private func takeCommands() -> [Command] {
        inbox.withLock { inbox in
            inbox.isAsleep = false
            defer { inbox.commands = [] }
            return inbox.commands
        }
    }

    private func obey(_ command: Command) {
        switch command {
        case .start(let run): start(run)
        case .cancel(let run): cancel(run)
        case .keepWarm(let keys): pools.keepWarm(keys, now: cb_now_ns())
        case .statistics(let continuation): continuation.resume(returning: pools.statistics)
        case .shutdown(let continuation):
            shutdowns.append(continuation)
            for run in waiting { run.finish(.failure(Self.gone)) }
            waiting = []
            for run in runs.values { cancel(run) }
            pools.end()
        }
    }

    private func nextDeadline() -> UInt64? {
        var next = retryAtNs
        func consider(_ time: UInt64?) {
            if let time { next = min(next ?? time, time) }
        }
        consider(waiting.first.map { $0.waitsSinceNs + Self.reconnectGraceNs })
        consider(watchNs)
        if link >= 0 { consider(pools.deadlineNs) }
        return next
    }

    private func checkClocks(_ now: UInt64) {
        if let at = retryAtNs, at <= now { connect() }
        while let first = waiting.first, first.waitsSinceNs + Self.reconnectGraceNs <= now {
            waiting.removeFirst()
            first.finish(.failure(Self.gone))
        }
        watchElders(now)
    }

    /// Half of the descriptors this process may have, four to a sandbox.
    private static func mostWaiting() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 64 }
        return Int(min(limit.rlim_cur, 1 << 24)) / 8
    }

    static let outOfDescriptors = CodeBoxError(
        .sandboxFailed,
        "no descriptors are left for a sandbox's pipes; the program was not started. Raise"
            + " the limit of open files (ulimit -n)")

    static let gone = CodeBoxError(
        .wardenUnavailable, "the warden is not running; it is restarted by `codebox serve`")
}

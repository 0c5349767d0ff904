import CSandbox
import CodeBoxCore
import Glibc
import Logging
import Synchronization

/// The client's thread: one epoll set over the warden's socket and every run's pipes.
///
/// All state but ``inbox`` and ``gate`` belongs to the thread.
final class ClientLoop: @unchecked Sendable {
    enum Command: Sendable {
        case start(SandboxRun)
        case cancel(SandboxRun)
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
    /// By id: asked for or running, not yet finished.
    var runs: [UInt64: SandboxRun] = [:]
    /// Came while there was no warden.
    var waiting: [SandboxRun] = []
    /// Finished, but the warden has not yet said that they are gone.
    var lingering: Set<UInt64> = []
    var shutdowns: [CheckedContinuation<Void, Never>] = []

    /// What an event's token stands for: a run's id above, the part below.
    enum Part: UInt64 {
        case link, wakeup, job, stdin, stdout, stderr
        func token(_ id: UInt64 = 0) -> UInt64 { id << 8 | rawValue }
    }

    init(endpoint: WardenEndpoint, warden: WardenProcess?, logger: Logger) throws(CodeBoxError) {
        self.endpoint = endpoint
        self.warden = warden
        self.logger = logger
        do throws(SystemError) {
            poller = try Poller()
            wakeup = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
            guard wakeup >= 0 else { throw SystemError("eventfd") }
            try poller.add(wakeup, token: Part.wakeup.token())
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
        let waiting = inbox.withLock { inbox in
            if !inbox.isClosed { inbox.commands.append(command) }
            return inbox.commands.count
        }
        if waiting == 0 { Self.refuse(command) }
        guard waiting == 1 else { return }
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
        while true {
            let now = cb_now_ns()
            for event in poller.wait(until: nextDeadline(), now: now) { handle(event) }
            takeCommands()
            checkClocks(cb_now_ns())
            if !shutdowns.isEmpty, runs.isEmpty, waiting.isEmpty, lingering.isEmpty || link < 0 {
                break
            }
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

    /// Answers what comes after the end.
    private static func refuse(_ command: Command) {
        switch command {
        case .start(let run): run.finish(.failure(gone))
        case .cancel: break
        case .shutdown(let continuation): continuation.resume()
        }
    }

    private func handle(_ event: Poller.Event) {
        let id = event.token >> 8
        switch Part(rawValue: event.token & 0xff) {
        case .link: readReplies()
        case .wakeup:
            var count: UInt64 = 0
            _ = read(wakeup, &count, 8)
        case .job: if let run = runs[id] { continueProgram(run) }
        case .stdin: if let run = runs[id] { continueInput(run) }
        case .stdout: if let run = runs[id] { readOutput(run, .stdout) }
        case .stderr: if let run = runs[id] { readOutput(run, .stderr) }
        case nil: break
        }
    }

    private func takeCommands() {
        let taken = inbox.withLock { inbox in
            defer { inbox.commands = [] }
            return inbox.commands
        }
        for command in taken {
            switch command {
            case .start(let run): start(run)
            case .cancel(let run): cancel(run)
            case .shutdown(let continuation):
                shutdowns.append(continuation)
                for run in waiting { run.finish(.failure(Self.gone)) }
                waiting = []
                for run in runs.values { cancel(run) }
            }
        }
    }

    private func nextDeadline() -> UInt64? {
        let oldest = waiting.first.map { $0.requestedNs + Self.reconnectGraceNs }
        return [retryAtNs, oldest].compactMap { $0 }.min()
    }

    private func checkClocks(_ now: UInt64) {
        if let at = retryAtNs, at <= now { connect() }
        while let first = waiting.first, first.requestedNs + Self.reconnectGraceNs <= now {
            waiting.removeFirst()
            first.finish(.failure(Self.gone))
        }
    }

    static let outOfDescriptors = CodeBoxError(
        .sandboxFailed,
        "no descriptors are left for a sandbox's pipes; the program was not started. Raise"
            + " the limit of open files (ulimit -n)")

    static let gone = CodeBoxError(
        .wardenUnavailable, "the warden is not running; it is restarted by `codebox serve`")
}

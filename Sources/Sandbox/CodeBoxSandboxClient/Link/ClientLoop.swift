import CLinux
import CWire
import CodeBoxCore
import CodeBoxSandbox
import CodeBoxSystem
import Glibc
import Logging

/// The client's thread: waits for the warden's replies, the runs' pipes, commands and clocks.
///
/// All state but the inbox and the gate belongs to the thread.
final class ClientLoop: @unchecked Sendable {
    private let inbox: CommandInbox
    private let gate: ConnectionGate
    private let events: ClientEvents
    private let runs: ClientRuns
    private let warden: WardenProcess?
    private var shutdowns: [CheckedContinuation<Void, Never>] = []

    init(
        endpoint: WardenEndpoint, warden: WardenProcess?, policy: WarmPoolPolicy, logger: Logger
    ) throws(CodeBoxError) {
        self.warden = warden
        do throws(SystemError) {
            events = try ClientEvents()
            inbox = try CommandInbox()
            try events.add(inbox.wakeup, .wakeup, onEdges: true)
        } catch {
            throw CodeBoxError(.wardenUnavailable, "the warden's client can't start", error)
        }
        let link = WardenLink(endpoint, events)
        gate = link.gate
        let pools = WarmPools(
            policy: policy, cores: sysconf(CInt(_SC_NPROCESSORS_ONLN)),
            mostWaiting: Self.mostWaiting())
        runs = ClientRuns(
            link: link, events: events, pools: pools, warden: warden, logger: logger)
    }

    /// Half of the descriptors that this process may have, four to a sandbox.
    private static func mostWaiting() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 64 }
        return Int(min(limit.rlim_cur, 1 << 24)) / 8
    }

    // MARK: From other threads

    var isConnected: Bool { gate.isOpen }

    func waitUntilConnected() async {
        await gate.wait()
    }

    func post(_ command: CommandInbox.Command) {
        if !inbox.post(command) { Self.refuse(command) }
    }

    /// Answers what comes after the end.
    private static func refuse(_ command: CommandInbox.Command) {
        switch command {
        case .start(let run): run.finish(.failure(ClientRuns.gone))
        case .cancel, .keepWarm: break
        case .statistics(let continuation): continuation.resume(returning: WarmPoolStatistics())
        case .shutdown(let continuation): continuation.resume()
        }
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

    // MARK: The thread

    private func run() {
        // A program that closes its input must not end this process; writing says EPIPE then. For
        // this thread alone: the process's own setting is not a library's to change.
        var brokenPipe = sigset_t()
        sigemptyset(&brokenPipe)
        sigaddset(&brokenPipe, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &brokenPipe, nil)
        runs.connect()
        runs.settle(cb_now_ns())
        while shutdowns.isEmpty || !runs.isEmpty {
            let deadline = inbox.mayFallAsleep() ? runs.nextNs : 0
            let happened = events.wait(until: deadline, now: cb_now_ns())
            let commands = inbox.take()
            for event in happened { runs.handle(event) }
            for command in commands { obey(command) }
            let now = cb_now_ns()
            runs.checkClocks(now)
            runs.settle(now)
        }
        runs.close()
        warden?.end()
        for continuation in shutdowns { continuation.resume() }
        // Commands that came since the last look must not wait for ever.
        for command in inbox.close() { Self.refuse(command) }
    }

    private func obey(_ command: CommandInbox.Command) {
        switch command {
        case .start(let run): runs.start(run)
        case .cancel(let run): runs.cancel(run)
        case .keepWarm(let keys): runs.keepWarm(keys)
        case .statistics(let continuation): continuation.resume(returning: runs.statistics)
        case .shutdown(let continuation):
            shutdowns.append(continuation)
            runs.end()
        }
    }
}

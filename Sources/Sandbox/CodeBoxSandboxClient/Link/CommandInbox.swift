import CLinux
import CodeBoxSandbox
import CodeBoxSystem
import Glibc
import Synchronization

/// Commands for the client's thread, which sleeps in epoll.
///
/// Any thread posts; the client's takes, and watches ``wakeup``.
final class CommandInbox: Sendable {
    enum Command: Sendable {
        case start(SandboxRun)
        case cancel(SandboxRun)
        case keepWarm([WarmPoolKey])
        case statistics(CheckedContinuation<WarmPoolStatistics, Never>)
        case shutdown(CheckedContinuation<Void, Never>)
    }

    private struct State {
        var commands: [Command] = []
        /// The thread sleeps, or is about to: it must be woken.
        var isAsleep = false
        /// The thread has ended and will not look here again.
        var isClosed = false
    }

    private let state = Mutex(State())
    /// An eventfd. Watched for edges, it need not be read to be quiet again.
    let wakeup: CInt

    init() throws(SystemError) {
        wakeup = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wakeup >= 0 else { throw SystemError("eventfd") }
    }

    deinit { Glibc.close(wakeup) }

    /// - Returns: false if the thread has ended.
    func post(_ command: Command) -> Bool {
        let (isTaken, isAsleep) = state.withLock { state in
            if state.isClosed { return (false, false) }
            state.commands.append(command)
            defer { state.isAsleep = false }
            return (true, state.isAsleep)
        }
        if isAsleep {
            var one: UInt64 = 1
            _ = write(wakeup, &one, 8)
        }
        return isTaken
    }

    /// Whether the thread may sleep: every later command wakes it.
    func mayFallAsleep() -> Bool {
        state.withLock { state in
            state.isAsleep = state.commands.isEmpty
            return state.isAsleep
        }
    }

    func take() -> [Command] {
        state.withLock { state in
            state.isAsleep = false
            defer { state.commands = [] }
            return state.commands
        }
    }

    /// Takes the last commands; later ones are refused.
    func close() -> [Command] {
        state.withLock { state in
            state.isClosed = true
            defer { state.commands = [] }
            return state.commands
        }
    }
}

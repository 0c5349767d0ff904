import CodeBoxCore
import Glibc
import Synchronization

/// Lets one thread stop the build that another carries out.
final class BuildCancellation: Sendable {
    private struct State {
        var isCanceled = false
        var group: pid_t?
    }

    private let state = Mutex(State())

    /// Ends the running tool with all its children, and lets no other tool start.
    func cancel() {
        state.withLock { state in
            state.isCanceled = true
            if let group = state.group { kill(-group, SIGTERM) }
        }
    }

    /// - Throws: `imageFailed` once canceled.
    func check() throws(CodeBoxError) {
        guard !state.withLock(\.isCanceled) else {
            throw CodeBoxError(.imageFailed, "the build was canceled")
        }
    }

    /// Sets the process group that ``cancel()`` ends.
    func started(_ group: pid_t) {
        state.withLock { state in
            state.group = group
            if state.isCanceled { kill(-group, SIGTERM) }
        }
    }

    /// Forgets the group, which is gone: another process may soon have its number.
    func ended() {
        state.withLock { $0.group = nil }
    }
}

import CodeBoxCore
import Glibc
import Synchronization

/// Lets one thread stop the build that another carries out.
final class BuildCancellation: Sendable {
    private struct State {
        var isCanceled = false
        /// Ends what runs.
        var end: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Ends the running tool or step with all its children, and lets no other start.
    func cancel() {
        state.withLock { state in
            state.isCanceled = true
            state.end?()
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
        started { kill(-group, SIGTERM) }
    }

    /// Sets what ``cancel()`` calls; at once, if that was called already. It must not block.
    func started(_ end: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.end = end
            if state.isCanceled { end() }
        }
    }

    /// Forgets what has ended: another process may soon have its number.
    func ended() {
        state.withLock { $0.end = nil }
    }
}

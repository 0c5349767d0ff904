import CodeBoxCore
import Synchronization

/// How far the server's shutdown has come.
final class Shutdown: Sendable {
    private let isBegun = Atomic(false)
    private let begun = OneShot<Void>()
    private let deadline = OneShot<Void>()

    /// No new work is taken.
    var hasBegun: Bool { isBegun.load(ordering: .acquiring) }

    /// - Throws: `shuttingDown` once shutdown has begun.
    func checkOpen() throws(CodeBoxError) {
        if hasBegun {
            throw CodeBoxError(.shuttingDown, "CodeBox is shutting down; try again when it is back")
        }
    }

    func begin() {
        isBegun.store(true, ordering: .releasing)
        begun.fire(())
    }

    /// Ends all tries to store results: those that are not stored by now are abandoned. The next
    /// start recovers their jobs.
    func abandonResults() {
        deadline.fire(())
    }

    /// Returns when shutdown begins.
    /// - Returns: false if the task was canceled before.
    func hasBegunToShutDown() async -> Bool {
        await begun.value() != nil
    }

    /// Returns after a time, or as soon as shutdown begins.
    func pause(_ time: Duration) async {
        _ = await begun.value(within: time)
    }

    /// Returns after a time, or as soon as results are abandoned.
    /// - Returns: false if results are abandoned.
    func pauseUnlessAbandoned(_ time: Duration) async -> Bool {
        await deadline.value(within: time) == nil
    }
}

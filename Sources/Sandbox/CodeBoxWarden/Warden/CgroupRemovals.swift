import CWire
import CodeBoxCore
import CodeBoxSystem

/// Removes cgroups, and tries again where one is still busy.
final class CgroupRemovals {
    /// The pause between two tries: at first, and at most.
    private static let firstPauseNs: UInt64 = 2_000_000
    private static let lastPauseNs: UInt64 = 256_000_000

    private struct Pending {
        let leaf: any CgroupLeaf
        /// What follows the removal.
        let then: () -> Void
    }

    /// The processes of these are gone, but the kernel says that their cgroups are busy.
    private var pending: [Pending] = []
    private var pauseNs = firstPauseNs
    /// When to try again; nil while nothing is pending.
    private(set) var dueNs: UInt64?

    /// Removes a cgroup, now or as soon as it is no longer busy, and then calls `then`.
    func remove(_ leaf: any CgroupLeaf, then: @escaping () -> Void) {
        do throws(CodeBoxError) {
            if case .busy = try leaf.remove() {
                pending.append(Pending(leaf: leaf, then: then))
                dueNs = cb_now_ns() + pauseNs
                return
            }
        } catch {
            // Left for the sweep at the next start; what ran in it is over and reported.
            writeToStandardError("codebox-warden: \(error.message)")
        }
        then()
    }

    /// Tries again if it is time.
    func check(_ now: UInt64) {
        guard let dueNs, dueNs <= now else { return }
        self.dueNs = nil
        let again = pending
        pending = []
        pauseNs = min(2 * pauseNs, Self.lastPauseNs)
        // What is killed takes a few milliseconds to leave. What is in there by then did not end
        // with its sandbox or zygote: a zygote has put it there, or it forks faster than it is
        // killed.
        let isLate = pauseNs >= 8 * Self.firstPauseNs
        for one in again {
            if isLate { one.leaf.kill() }
            remove(one.leaf, then: one.then)
        }
        if pending.isEmpty { pauseNs = Self.firstPauseNs }
    }
}

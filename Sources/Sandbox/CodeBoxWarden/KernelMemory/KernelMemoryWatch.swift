import CWire
import CodeBoxCore
import CodeBoxSystem

/// Ends the job that takes kernel memory which no cgroup counts, when that has grown by more than
/// the budget.
///
/// The watch takes a sample each 50 ms while jobs run, and none while the warden is idle or a job
/// is shorter. So a crossing is found within 50 ms.
final class KernelMemoryWatch {
    /// The job that was ended last.
    private struct Victim {
        let number: UInt64
        let isSuspect: Bool
        /// What was in use when it was ended.
        let bytes: Int
        /// What was in use at the last sample.
        var lastBytes: Int
        /// When it was found gone, or later, when the kernel still freed what it had held.
        var goneNs: UInt64?
    }

    private static let pauseNs: UInt64 = 50_000_000
    /// The kernel frees some memory only after a grace period. So long after the last decrease, no
    /// more is freed.
    private static let settleNs: UInt64 = 200_000_000

    private let gauge: KernelMemoryGauge
    private var level: KernelMemoryLevel
    private var victim: Victim?
    /// When the last sample within the budget was taken, so that the budget was passed later.
    private var withinNs: UInt64 = 0
    /// When the next sample is due; nil while no job runs.
    private(set) var dueNs: UInt64?

    /// - Throws: `wardenUnavailable` if the kernel's counters can't be read.
    init(budgetBytes: Int) throws(CodeBoxError) {
        gauge = try KernelMemoryGauge()
        level = KernelMemoryLevel(budgetBytes: budgetBytes)
    }

    /// Takes a sample if one is due, and ends the job that holds most if that is too much.
    func check(_ now: UInt64, _ sandboxes: SandboxTable) {
        guard sandboxes.nextNs != nil else {
            if dueNs != nil { level.rest() }
            dueNs = nil
            victim = nil
            return
        }
        guard let dueNs else {
            self.dueNs = now + Self.pauseNs
            withinNs = now
            return
        }
        guard dueNs <= now else { return }
        self.dueNs = now + Self.pauseNs
        guard let bytes = gauge.bytes() else { return }
        guard let growth = level.excess(at: bytes) else {
            withinNs = now
            // What it held is free: the next growth is another job's, which ends without delay.
            victim = nil
            return
        }
        guard mayAct(bytes, now, sandboxes) else { return }
        act(bytes, growth, sandboxes)
    }

    /// Whether the growth is not that of a job which is just being put away.
    private func mayAct(_ bytes: Int, _ now: UInt64, _ sandboxes: SandboxTable) -> Bool {
        guard let victim else { return true }
        let isGone = victim.goneNs != nil || sandboxes[victim.number] == nil
        if isGone, victim.goneNs == nil || bytes < victim.lastBytes { self.victim?.goneNs = now }
        self.victim?.lastBytes = bytes
        // Another job may go on meanwhile.
        if bytes > victim.bytes + level.budgetBytes { return true }
        guard let goneNs = self.victim?.goneNs, now >= goneNs + Self.settleNs else { return false }
        self.victim = nil
        guard victim.isSuspect, bytes > victim.bytes - level.budgetBytes / 2 else { return true }
        // Ending the job changed little, so it was not the holder. No other job is ended for this.
        level.accept(bytes)
        return false
    }

    private func act(_ bytes: Int, _ growth: Int, _ sandboxes: SandboxTable) {
        guard let holder = KernelMemoryHolder.most(among: sandboxes.running, growth: growth) else {
            writeToStandardError(
                "codebox-warden: kernel memory has grown by \(growth >> 20) MiB, which no job "
                    + "explains; look for another program that takes it")
            level.accept(bytes)
            return
        }
        let share =
            holder.isSuspect ? "worked most in the kernel" : "held \(holder.bytes >> 20) MiB of it"
        victim = Victim(
            number: holder.sandbox.number, isSuspect: holder.isSuspect, bytes: bytes,
            lastBytes: bytes)
        sandboxes.kill(holder.sandbox, for: CB_VERDICT_KERNEL_MEMORY)
        let milliseconds = (cb_now_ns() - withinNs) / 1_000_000
        writeToStandardError(
            "codebox-warden: kernel memory has grown by \(growth >> 20) MiB; ended the job that "
                + "\(share), \(milliseconds) ms after the last sample within the budget")
    }
}

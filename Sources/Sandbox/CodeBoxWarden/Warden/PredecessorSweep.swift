/// Looks again for the cgroups of a dead predecessor that could not be removed at the start.
struct PredecessorSweep {
    /// The pause between two looks: at first, and before the last one. Ten looks, in less than two
    /// minutes.
    private static let firstPauseNs: UInt64 = 100_000_000
    private static let lastPauseNs: UInt64 = 51_200_000_000

    private let cgroups: any CgroupHierarchy
    private var pauseNs = firstPauseNs
    /// When to look again; nil once everything is removed, or given up.
    private(set) var dueNs: UInt64?

    init(_ cgroups: any CgroupHierarchy, now: UInt64) {
        self.cgroups = cgroups
        dueNs = cgroups.isSweepDue ? now + pauseNs : nil
    }

    /// Looks again if it is time.
    mutating func check(_ now: UInt64) {
        guard let dueNs, dueNs <= now else { return }
        self.dueNs = nil
        guard cgroups.sweepAgain(), pauseNs < Self.lastPauseNs else { return }
        pauseNs *= 2
        self.dueNs = now + pauseNs
    }
}

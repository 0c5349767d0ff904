/// What all processes of one cgroup have used so far, including those that have ended.
package struct CgroupUsage: Hashable, Sendable {
    /// Microseconds (`cpu.stat`; on v1 `cpuacct.usage`, split as the tick counters say).
    package var cpuUserUs: Int
    package var cpuSystemUs: Int
    /// The most charged at one time, bytes (`memory.peak`; on v1 `memory.max_usage_in_bytes`).
    ///
    /// Before Linux 5.19 v2 has no peak; this is then what is charged now, a lower bound.
    package var memoryPeakBytes: Int
    /// Processes that the kernel killed because memory ran out, the cgroup's or the machine's.
    package var oomKills: Int
    /// Whether the cgroup's own limit was met: `oom` in `memory.events`; on v1, a peak so near it
    /// that an allocation can have failed, since `failcnt` is not kept any more by Linux 6.17.
    package var reachedMemoryLimit: Bool

    /// True if the kernel killed a process because of the cgroup's limit, not because the machine's
    /// memory ran out.
    package var memoryExceeded: Bool { oomKills > 0 && reachedMemoryLimit }

    package init(
        cpuUserUs: Int = 0, cpuSystemUs: Int = 0, memoryPeakBytes: Int = 0, oomKills: Int = 0,
        reachedMemoryLimit: Bool = false
    ) {
        self.cpuUserUs = cpuUserUs
        self.cpuSystemUs = cpuSystemUs
        self.memoryPeakBytes = memoryPeakBytes
        self.oomKills = oomKills
        self.reachedMemoryLimit = reachedMemoryLimit
    }
}

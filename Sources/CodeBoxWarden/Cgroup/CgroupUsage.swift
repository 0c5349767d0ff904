/// What the processes of one cgroup spent so far, all together, those that have ended included.
package struct CgroupUsage: Hashable, Sendable {
    /// Microseconds (`cpu.stat`; on v1 `cpuacct.usage`, split as the tick counters say).
    package var cpuUserUs: Int
    package var cpuSystemUs: Int
    /// The most charged at one time, bytes (`memory.peak`; on v1 `memory.max_usage_in_bytes`).
    ///
    /// Before Linux 5.19 v2 has no peak; this is then what is charged now, a lower bound.
    package var memoryPeakBytes: Int
    /// Processes that the kernel killed for want of memory, ours or the whole machine's.
    package var oomKills: Int
    /// Whether the cgroup's own limit was met: `oom` in `memory.events`; on v1, a peak so near it
    /// that an allocation can have failed, since `failcnt` is not kept any more by Linux 6.17.
    package var reachedMemoryLimit: Bool

    /// True if the kernel killed in it because of its own limit, not because of the machine's
    /// memory running out.
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

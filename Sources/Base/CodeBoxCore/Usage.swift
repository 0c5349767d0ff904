/// Resources that a job used, all its processes together.
package struct Usage: Codable, Hashable, Sendable {
    /// Real time from the program's start to its end, microseconds.
    package var wallUs: Int
    /// CPU time in user mode and in the kernel, microseconds (cgroup `cpu.stat`/`cpuacct`).
    package var cpuUserUs: Int
    package var cpuSystemUs: Int
    /// The most memory that was charged at one time, bytes
    /// (`memory.peak`/`memory.max_usage_in_bytes`).
    package var memoryPeakBytes: Int

    package init(
        wallUs: Int = 0, cpuUserUs: Int = 0, cpuSystemUs: Int = 0, memoryPeakBytes: Int = 0
    ) {
        self.wallUs = wallUs
        self.cpuUserUs = cpuUserUs
        self.cpuSystemUs = cpuSystemUs
        self.memoryPeakBytes = memoryPeakBytes
    }
}

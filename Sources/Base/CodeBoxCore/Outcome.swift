/// How a job ended. A program that fails, exceeds a limit or is killed has an outcome; that is not
/// an error.
package enum Outcome: String, Codable, Sendable, CaseIterable {
    /// The program ended by itself; `exit_code` says how.
    case exited
    /// The program was ended by a signal that no limit explains; `signal` names it.
    case signaled
    /// The program ran longer than `limits.wall_ms` of real time and was killed.
    case wallTimeExceeded = "wall_time_exceeded"
    /// The job's processes together used more than `limits.cpu_ms` of CPU time and were killed.
    case cpuTimeExceeded = "cpu_time_exceeded"
    /// The kernel killed a process of the job because `limits.memory_bytes` was used up. The
    /// cgroup's event counter says so; it is never guessed from a SIGKILL.
    case memoryExceeded = "memory_exceeded"
    /// The kernel's own memory grew by more than the setting `kernel_memory_budget`, and the job
    /// held most of it: file locks, sockets, descriptors, which no cgroup counts.
    case kernelMemoryExceeded = "kernel_memory_exceeded"
    /// A client canceled the job, before or while it ran.
    case canceled
    /// CodeBox was interrupted while the job ran, and the job may not run once more.
    case lost
    /// CodeBox could not run the job; `error` says which step failed. The program is not at fault.
    case failed
}

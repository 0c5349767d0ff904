/// How a job ended. A program that fails, overruns or is killed has an outcome; it is not an error.
package enum Outcome: String, Codable, Sendable, CaseIterable {
    /// The program ended by itself; `exit_code` says how.
    case exited
    /// The program was ended by a signal that no limit explains; `signal` names it.
    case signaled
    /// It ran longer than `limits.wall_ms` of real time and was killed.
    case wallTimeExceeded = "wall_time_exceeded"
    /// It spent more than `limits.cpu_ms` of CPU time, all its processes together, and was killed.
    case cpuTimeExceeded = "cpu_time_exceeded"
    /// The kernel killed in it for want of memory within `limits.memory_bytes` (the cgroup's own
    /// event counter says so; never guessed from a SIGKILL).
    case memoryExceeded = "memory_exceeded"
    /// A client canceled it, before or while it ran.
    case canceled
    /// CodeBox was interrupted while it ran and it may not, or not again, be run once more.
    case lost
    /// CodeBox could not run it; `error` says which step failed. Not the program's fault.
    case failed
}

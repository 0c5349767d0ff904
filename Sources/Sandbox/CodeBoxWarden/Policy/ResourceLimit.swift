package import CodeBoxCore

/// The sixteen resource limits of the kernel (setrlimit(2)), each with the value that a job begins
/// with.
///
/// The memory, the time and the processes of a job are bounded by its cgroup and by the warden's
/// clock. Where these suffice, the hard limit is unlimited, as on an ordinary machine: programs set
/// limits on themselves and name an unlimited hard limit. A process can change the limits of itself
/// and of the job's other processes up to the hard limit (prlimit(2)).
package enum ResourceLimit: Int, CaseIterable, Sendable {
    // The raw values are the kernel's numbers (asm-generic/resource.h).
    case cpuTime = 0
    case fileSize
    case data
    case stack
    case core
    case residentSet
    case processes
    case openFiles
    case lockedMemory
    case addressSpace
    case fileLocks
    case pendingSignals
    case messageQueues
    case nice
    case realtimePriority
    case realtimeTimeout

    package enum Value: Sendable {
        case unlimited
        case fixed(UInt64)
        /// One of the job's own limits.
        case ofJob(@Sendable (Limits) -> Int)
    }

    /// What happens when a job's process sets the limit.
    package enum Change: Sendable {
        /// The kernel sets it, up to the hard limit.
        case upToHard
        /// The call returns success and changes nothing (`seccomp.policy`).
        case ignored
    }

    /// What a job begins with, in the limit's own unit: what its limit of this resource says, if
    /// there is one (``LimitField/ofResources``), or else the row. Nil is unlimited.
    package func amounts(_ limits: Limits) -> (soft: UInt64?, hard: UInt64?) {
        let row = row
        guard let own = LimitField.ofResources[rawValue] else {
            return (row.soft.amount(limits), row.hard.amount(limits))
        }
        let amount = UInt64(limits[own])
        if case .unlimited = row.hard { return (amount, nil) }
        return (amount, amount)
    }

    package var row: Row {
        switch self {
        case .cpuTime:
            Row("cpu time", .unlimited, "the warden's clock counts all processes of the job")
        case .fileSize:
            Row(
                "file size", .ofJob(\.workspaceBytes), hard: .unlimited, isPromised: true,
                "the sizes of the tmpfs mounts and the cgroup bound what a job can write")
        case .data: Row("data size", .unlimited, "the cgroup bounds memory")
        case .stack:
            Row(
                "stack size", .fixed(8 << 20), hard: .unlimited, isPromised: true,
                "the usual size; the cgroup bounds memory, and addresses stay random")
        case .core:
            Row(
                "core file size", .fixed(1), change: .ignored,
                "if core_pattern is a pipe, the kernel runs the host's handler also at 0; only 1 "
                    + "prevents that (core(5)), and is too little for a file")
        case .residentSet: Row("resident set", .unlimited, "the kernel ignores it")
        case .processes:
            Row("processes", .unlimited, "the cgroup's pids.max bounds them")
        case .openFiles:
            Row("open files", .fixed(256), isPromised: true, "descriptors are kernel memory")
        case .lockedMemory:
            Row(
                "locked memory", .fixed(64 << 10), isPromised: true,
                "the machine can't reclaim locked memory; enough for keys")
        case .addressSpace: Row("address space", .unlimited, "the cgroup bounds memory")
        case .fileLocks: Row("file locks", .unlimited, "the kernel ignores it")
        case .pendingSignals:
            Row(
                "pending signals", .fixed(1024),
                "queued signals and timers are counted for each user; all sandboxes of a zygote, "
                    + "or of an ordinary user's warden, are charged to one user of the host")
        case .messageQueues:
            Row("msgqueue size", .fixed(0), "the filter refuses POSIX message queues")
        case .nice: Row("nice priority", .fixed(0), "no priority over other processes")
        case .realtimePriority:
            Row("realtime priority", .fixed(0), "no priority over other processes")
        case .realtimeTimeout:
            Row("realtime timeout", .unlimited, "no process has a realtime priority")
        }
    }

    package struct Row: Sendable {
        /// As in `/proc/self/limits`, without the leading "Max".
        package let name: String
        package let soft: Value
        package let hard: Value
        package let change: Change
        /// Whether a sandbox fails rather than have less, if the warden itself has less.
        package let isPromised: Bool
        package let reason: String

        /// - Parameter hard: the same as the soft limit if nil.
        fileprivate init(
            _ name: String, _ soft: Value, hard: Value? = nil, change: Change = .upToHard,
            isPromised: Bool = false, _ reason: String
        ) {
            self.name = name
            self.soft = soft
            self.hard = hard ?? soft
            self.change = change
            self.isPromised = isPromised
            self.reason = reason
        }
    }
}

extension ResourceLimit.Value {
    /// In the limit's own unit; nil if it is unlimited.
    fileprivate func amount(_ limits: Limits) -> UInt64? {
        switch self {
        case .unlimited: nil
        case .fixed(let amount): amount
        case .ofJob(let limit): UInt64(limit(limits))
        }
    }
}

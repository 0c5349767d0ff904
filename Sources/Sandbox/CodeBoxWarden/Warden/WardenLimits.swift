import CodeBoxCore
import Glibc

/// The warden's own resource limits.
enum WardenLimits {
    /// Raises the hard limits to those that jobs get, which no process below the warden can raise,
    /// and the warden's own soft limits of open files and pending signals.
    ///
    /// Only root can raise hard limits. An ordinary user's jobs have at most what the user has.
    static func raise() {
        for resource in ResourceLimit.allCases {
            var limit = rlimit()
            let number = __rlimit_resource_t(UInt32(resource.rawValue))
            guard getrlimit(number, &limit) == 0 else { continue }
            switch resource {
            case .openFiles:
                limit.rlim_cur = limit.rlim_max
            case .pendingSignals:
                // The kernel gives a user namespace the soft limit of its creator as the bound of
                // all that its owner's namespaces queue together (set_userns_rlimit_max). With a
                // bound, one job could take what other jobs of the same zygote may use.
                if geteuid() == 0 { limit.rlim_max = rlim_t(ResourceLimit.infinity) }
                limit.rlim_cur = limit.rlim_max
            default:
                guard geteuid() == 0 else { continue }
                limit.rlim_max = max(limit.rlim_max, rlim_t(resource.greatestHard))
            }
            _ = setrlimit(number, &limit)
        }
    }
}

extension ResourceLimit {
    /// The hard limit that a job has at most; 0 where it is one of the job's own limits.
    fileprivate var greatestHard: UInt64 {
        switch row.hard {
        case .unlimited: Self.infinity
        case .fixed(let amount): amount
        case .ofJob: 0
        }
    }
}

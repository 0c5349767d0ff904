import CWire
import CodeBoxCore
import Glibc

// The table of resource limits in the messages to PID 1 and to zygotes.

extension ResourceLimit {
    /// The kernel's RLIM_INFINITY, a macro that Swift doesn't import.
    static let infinity = UInt64.max

    /// Fills the array of a message, which Swift sees as a tuple.
    static func write<Array>(to array: inout Array, _ limit: (ResourceLimit) -> cb_rlimit) {
        withUnsafeMutableBytes(of: &array) { bytes in
            let limits = bytes.bindMemory(to: cb_rlimit.self)
            precondition(limits.count == allCases.count)
            for resource in allCases { limits[resource.rawValue] = limit(resource) }
        }
    }

    func wire(_ limits: Limits) -> cb_rlimit {
        #if DEBUG
            if LayerSwitch.off.contains(.rlimits) { return Self.none }
        #endif
        let (soft, hard) = amounts(limits)
        return cb_rlimit(
            soft: soft ?? Self.infinity, hard: hard ?? Self.infinity,
            promised: row.isPromised ? 1 : 0, reserved: 0)
    }

    #if DEBUG
        private static let none = cb_rlimit(
            soft: infinity, hard: infinity, promised: 0, reserved: 0)
    #endif

    /// The limit of a zygote, whose jobs can't have more than it has.
    var wireForZygote: cb_rlimit {
        #if DEBUG
            if LayerSwitch.off.contains(.rlimits) { return Self.none }
        #endif
        func amount(_ value: Value) -> UInt64 {
            switch value {
            // What all of the zygote's jobs queue together is charged to its user.
            case .fixed where self == .pendingSignals: Self.infinity
            case .fixed(let amount): amount
            case .unlimited, .ofJob: Self.infinity
            }
        }
        // Where jobs have a limit of their own, it may be higher than the row's.
        let hard = LimitField.ofResources[rawValue] == nil ? amount(row.hard) : Self.infinity
        return cb_rlimit(soft: amount(row.soft), hard: hard, promised: 0, reserved: 0)
    }
}

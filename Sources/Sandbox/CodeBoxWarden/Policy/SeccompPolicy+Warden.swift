import CWire
package import CodeBoxCore
package import CodeBoxSeccomp

// The policies of what the warden makes, and its own. Each is a file beside this one.
extension SeccompPolicy {
    /// What a job may do: `seccomp.policy`.
    package static func standard() throws(CodeBoxError) -> SeccompPolicy {
        try SeccompPolicy(parsing: PackageResources.seccomp_policy, name: "seccomp.policy")
    }

    /// What a zygote may do: what a job may, and how a job's process enters its sandbox
    /// (`zygote.policy`).
    package static func zygote() throws(CodeBoxError) -> SeccompPolicy {
        try standard().merging(
            SeccompPolicy(parsing: PackageResources.zygote_policy, name: "zygote.policy"))
    }

    /// What the warden may do, and so every process that it makes: `warden.policy`.
    package static func warden() throws(CodeBoxError) -> SeccompPolicy {
        try zygote().merging(
            SeccompPolicy(parsing: PackageResources.warden_policy, name: "warden.policy"))
    }

    /// The calls of `seccomp.policy` that make a socket out of nothing. Every other one needs a
    /// socket (accept, recvmsg), or no policy allows it (io_uring, pidfd_getfd, setns).
    package static let socketMakers: Set<String> = ["socket", "socketpair"]

    /// What PID 1 may do in a sandbox whose job's process a zygote forks: `init.policy`.
    package static func hollowInit() throws(CodeBoxError) -> SeccompPolicy {
        try SeccompPolicy(parsing: PackageResources.init_policy, name: "init.policy")
    }
}

extension SeccompProgram {
    /// ``SeccompPolicy/standard()``, compiled.
    package static func standard() throws(CodeBoxError) -> SeccompProgram {
        try compile(SeccompPolicy.standard())
    }

    /// For a job's process that a zygote forks: it tells its listener of the exit by which a forked
    /// interpreter ends and, if it must, of every socket.
    package static func ofFork(
        _ policy: SeccompPolicy, tellsOfSockets: Bool
    ) throws(CodeBoxError) -> SeccompProgram {
        try inForce(policy, telling: tellsOfSockets ? SeccompPolicy.socketMakers : [])
            .notifying(
                of: "exit_group", mask: UInt32(CB_EXIT_MASK), value: UInt32(CB_EXIT_MARK))
    }

    /// A policy of the warden's, compiled.
    static func inForce(
        _ policy: SeccompPolicy, telling calls: Set<String> = []
    ) throws(CodeBoxError) -> SeccompProgram {
        #if DEBUG
            if LayerSwitch.off.contains(.seccomp) { return .allowingAll }
        #endif
        return try compile(policy, telling: calls)
    }
}

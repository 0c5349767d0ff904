#if DEBUG
    import CWire
    import CodeBoxCore
    import Glibc

    /// The layers of the sandbox that `CODEBOX_TEST_LAYER_OFF` names, with a `+` between them, are
    /// left out.
    ///
    /// Tests/Attacks shows with it that an attack succeeds where its layer is missing, so that
    /// neither is for show, and that a second layer holds where the first one is missing. Only a
    /// debug build has the switch; `scripts/lint/switch` checks that.
    enum LayerSwitch: String, CaseIterable {
        case seccomp, capabilities, ids, proc, network, sysctls, cgroup, rlimits, tmpfs

        /// The layers that are left out; empty if all are on.
        static let off: Set<LayerSwitch> = {
            guard let value = getenv("CODEBOX_TEST_LAYER_OFF") else { return [] }
            let layers = String(cString: value).split(separator: "+").map { name in
                guard let layer = LayerSwitch(rawValue: String(name)) else {
                    fatalError("CODEBOX_TEST_LAYER_OFF: there is no layer \(name)")
                }
                return layer
            }
            return Set(layers)
        }()

        /// Bounds of a cgroup that no attack reaches, and that a machine survives.
        static func widen(_ limits: Limits) -> Limits {
            guard off.contains(.cgroup) else { return limits }
            var wide = limits
            wide.memoryBytes = 2 << 30
            wide.processes = 512
            return wide
        }

        /// Changes what PID 1 and the job's process are told to build.
        static func change(_ spec: inout cb_spec) {
            for layer in off { layer.leaveOut(of: &spec) }
        }

        private func leaveOut(of spec: inout cb_spec) {
            switch self {
            case .capabilities: spec.layers_off |= UInt32(CB_LAYER_CAPABILITIES.rawValue)
            case .proc: spec.layers_off |= UInt32(CB_LAYER_PROC.rawValue)
            case .network: spec.layers_off |= UInt32(CB_LAYER_NETWORK.rawValue)
            case .sysctls: spec.layers_off |= UInt32(CB_LAYER_SYSCTLS.rawValue)
            case .ids:
                // The id of PID 1.
                spec.job_uid = 0
                spec.job_gid = 0
            case .tmpfs:
                spec.workspace_bytes = 256 << 20
                spec.tmpfs_inodes = 1 << 16
            case .seccomp, .cgroup, .rlimits: break
            }
        }
    }
#endif

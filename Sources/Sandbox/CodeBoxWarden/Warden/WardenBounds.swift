import CWire
package import CodeBoxCore
import Glibc

/// The most that all clients of a warden get together, whatever they ask for. The server checks
/// limits too; a server that was taken over does not.
package struct WardenBounds: Hashable, Sendable {
    /// The limits that no sandbox may exceed.
    package var ceiling: Limits
    /// Memory of all sandboxes and zygotes together, bytes.
    package var memoryBytes: Int
    /// Processes and threads of all sandboxes and zygotes together.
    package var processes: Int
    /// What all sandboxes and zygotes together get of a core that the server, the warden or another
    /// program wants too, where an ordinary cgroup has 100.
    package var cpuWeight: Int
    /// Whether speculation past stores and indirect branches is off in all sandboxes and zygotes.
    package var restrictsSpeculation: Bool
    /// Kernel memory that no cgroup counts, by which the machine's may grow while jobs run, bytes.
    package var kernelMemoryBytes: Int
    /// Whether a sandbox may get the network namespace of an earlier one that opened no socket.
    package var reusesNetworks: Bool

    /// As any other cgroup: the server and the warden then get up to half of a core that every job
    /// wants, and need less. With much less, jobs and zygotes starve beside other programs of the
    /// machine: on v1 each thread of those in the folder's parent counts 100.
    package static let standardCPUWeight = 100
    /// 256 MiB.
    package static let standardKernelMemoryBytes = 256 << 20
    /// Sandboxes alive at one time; a client that wants more waits for its own to end.
    static let sandboxes = 4096
    /// Zygotes alive at one time.
    static let zygotes = 64
    /// Connections open at one time.
    static let connections = 16
    /// In a second, more than one thread can make of good ones.
    static let sandboxBound = MakingBound(
        "sandboxes", most: sandboxes, rate: TokenBucket(burst: 4096, perSecond: 2000))
    /// Each costs up to a second of a core.
    static let zygoteBound = MakingBound(
        "zygotes", most: zygotes, rate: TokenBucket(burst: 64, perSecond: 2))

    /// - Parameters:
    ///   - memoryBytes: nil: nine tenths of the machine's.
    ///   - processes: nil: half of what the kernel has room for.
    package init(
        ceiling: Limits = .standardCeiling, memoryBytes: Int? = nil, processes: Int? = nil,
        cpuWeight: Int = standardCPUWeight, restrictsSpeculation: Bool = false,
        kernelMemoryBytes: Int = standardKernelMemoryBytes, reusesNetworks: Bool = true
    ) {
        self.cpuWeight = cpuWeight
        self.reusesNetworks = reusesNetworks
        self.restrictsSpeculation = restrictsSpeculation
        self.ceiling = ceiling
        self.kernelMemoryBytes = kernelMemoryBytes
        let physical = sysconf(CInt(_SC_PHYS_PAGES)) * sysconf(CInt(_SC_PAGESIZE))
        self.memoryBytes = memoryBytes ?? physical / 10 * 9
        let kernel = ["pid_max", "threads-max"].compactMap { Self.kernelNumber($0) }.min()
        self.processes = processes ?? (kernel ?? 1 << 15) / 2
    }

    /// The first limit of a request that is above the ceiling, for a message; nil if none is.
    func excess(of request: cb_request) -> String? {
        for field in LimitField.enforcedByWarden {
            let (value, most) = (request[field], ceiling[field])
            if value > most {
                let row = field.row
                return "\(field.rawValue) is \(row.text(of: value)); the warden's ceiling is "
                    + row.text(of: most)
            }
        }
        return nil
    }

    private static func kernelNumber(_ name: String) -> Int? {
        CgroupFile.text("/proc/sys/kernel/\(name)").flatMap {
            CgroupFile.leadingNumber(Array($0.utf8)[...])
        }
    }
}

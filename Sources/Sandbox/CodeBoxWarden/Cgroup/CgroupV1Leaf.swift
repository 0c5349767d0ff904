package import CodeBoxCore
import CLinux
import Glibc

/// A sandbox's cgroups in the hierarchies of version 1.
package final class CgroupV1Leaf: CgroupLeaf {
    package let cloneFD: CInt? = nil
    package let entryFD: CInt? = nil
    package private(set) var taskFDs: [CInt] = []

    private let name: String
    private let hierarchy: CgroupV1
    package private(set) var memoryEventFD: CInt?

    /// Files that are read when the program has ended, while its client waits. They are opened
    /// before.
    private var counters = Counters()
    private struct Counters {
        /// `cpuacct.usage`, nanoseconds.
        var cpu: CInt = -1
        /// `memory.max_usage_in_bytes` and `memory.oom_control`.
        var peak: CInt = -1
        var events: CInt = -1
    }
    private var memoryLimit = Int.max
    private var inForce: Limits?
    /// Two ticks of a kernel that has 100 a second.
    private static let sampledUs = 20_000
    /// `MEMCG_CHARGE_BATCH` of the kernel, in bytes.
    private static let chargeBatchBytes = 64 * 4096
    /// Where its directory is still to be removed.
    private var madeIn: [CgroupFolder] = []

    /// What the kernel kills for is at most 8 pages (`PAGE_ALLOC_COSTLY_ORDER`); larger allocations
    /// fail without.
    private static let largestAllocation = 8 * sysconf(CInt(_SC_PAGESIZE))

    init(_ name: String, in hierarchy: CgroupV1) {
        self.name = name
        self.hierarchy = hierarchy
    }

    deinit { closeAll() }

    func make(_ limits: Limits) throws(CgroupIOError) {
        for folder in hierarchy.folders {
            try folder.makeDirectory(name)
            madeIn.append(folder)
        }
        try apply(limits)
        taskFDs.reserveCapacity(hierarchy.folders.count)
        for folder in hierarchy.folders {
            taskFDs.append(try CgroupFile.open(name + "/tasks", at: folder.fd, flags: O_WRONLY))
        }
        counters.cpu = try open("cpuacct.usage", in: hierarchy.cpuacct)
        counters.peak = try open("memory.max_usage_in_bytes", in: hierarchy.memory)
        counters.events = try open("memory.oom_control", in: hierarchy.memory)
        try listenForMemoryEvents()
    }

    private func open(_ file: String, in folder: CgroupFolder) throws(CgroupIOError) -> CInt {
        try CgroupFile.open(name + "/" + file, at: folder.fd, flags: O_RDONLY)
    }

    /// v1's OOM killer ends one process and lets the rest go on. The event lets the warden end the
    /// rest (Documentation/admin-guide/cgroup-v1/memory.rst, "OOM Control").
    private func listenForMemoryEvents() throws(CgroupIOError) {
        let event = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
        guard event >= 0 else {
            throw CgroupIOError(action: "make", path: "eventfd", errno: errno)
        }
        memoryEventFD = event
        try CgroupFile.write(
            "\(event) \(counters.events)", to: name + "/cgroup.event_control",
            at: hierarchy.memory.fd)
    }

    package func setLimits(_ limits: Limits) throws(CodeBoxError) {
        do {
            try apply(limits)
        } catch {
            throw error.asError(.sandboxFailed)
        }
    }

    private func apply(_ limits: Limits) throws(CgroupIOError) {
        #if DEBUG
            let limits = LayerSwitch.widen(limits)
        #endif
        let before = inForce
        // Unknown if it fails half-way.
        inForce = nil
        if limits.memoryBytes != before?.memoryBytes { try limitMemory(limits.memoryBytes) }
        let quotaUs = Cgroups.cpuQuotaUs(limits)
        if quotaUs != before.map(Cgroups.cpuQuotaUs) {
            try CgroupFile.write(
                String(quotaUs), to: name + "/cpu.cfs_quota_us", at: hierarchy.cpu.fd)
        }
        if limits.processes != before?.processes {
            // One more, for PID 1 of the sandbox.
            try CgroupFile.write(
                String(limits.processes + 1), to: name + "/pids.max", at: hierarchy.pids.fd)
        }
        inForce = limits
    }

    private func limitMemory(_ bytes: Int) throws(CgroupIOError) {
        var files = ["memory.limit_in_bytes"]
        // Equal limits leave nothing to swap. Memory's may at no time be above the sum of both.
        if hierarchy.limitsSwap {
            files.insert("memory.memsw.limit_in_bytes", at: bytes > memoryLimit ? 0 : 1)
        }
        for file in files {
            try CgroupFile.write(String(bytes), to: name + "/" + file, at: hierarchy.memory.fd)
        }
        // Sockets' buffers, UDP's too, are counted by themselves, and not at all without a limit.
        if hierarchy.limitsSockets {
            try CgroupFile.write(
                String(bytes), to: name + "/" + CgroupV1.socketLimit, at: hierarchy.memory.fd)
        }
        memoryLimit = bytes
    }

    package func usage() throws(CodeBoxError) -> CgroupUsage {
        do {
            return try readUsage()
        } catch {
            throw error.asError(.internalError)
        }
    }

    private func readUsage() throws(CgroupIOError) -> CgroupUsage {
        // The sum is exact, its parts are sampled at ticks: what took less than a few has none
        // worth looking up, and counts as the program's own.
        let total = cpuTimeUs()
        var systemUs = 0
        if total > Self.sampledUs {
            let file = name + "/cpuacct.usage_sys"
            systemUs = min(total, try CgroupFile.number(file, at: hierarchy.cpuacct.fd) / 1000)
        }
        var usage = CgroupUsage(cpuUserUs: total - systemUs, cpuSystemUs: systemUs)
        usage.memoryPeakBytes = try number(counters.peak, "memory.max_usage_in_bytes")
        let events = CgroupFile.reread(counters.events)
        guard !events.isEmpty else {
            throw CgroupIOError(action: "read", path: name + "/memory.oom_control", errno: EIO)
        }
        usage.oomKills = CgroupFile.number(of: "oom_kill", in: events) ?? 0
        usage.reachedMemoryLimit = usage.memoryPeakBytes > memoryLimit - Self.largestAllocation
        return usage
    }

    private func number(_ fd: CInt, _ file: String) throws(CgroupIOError) -> Int {
        guard let value = CgroupFile.leadingNumber(CgroupFile.reread(fd)[...]) else {
            throw CgroupIOError(action: "read", path: name + "/" + file, errno: EIO)
        }
        return value
    }

    package func cpuTimeUs() -> Int {
        ((try? number(counters.cpu, "cpuacct.usage")) ?? 0) / 1000
    }

    package func memoryBytes() -> Int {
        // The peak of a cgroup that was just made is what it uses.
        (try? number(counters.peak, "memory.max_usage_in_bytes")) ?? 0
    }

    package var processes: [CInt] {
        CgroupFolder.processes(hierarchy.memory.path + "/" + name)
    }

    package func socketBytes() -> Int {
        let file = name + "/" + CgroupV1.socketUsage
        return (try? CgroupFile.number(file, at: hierarchy.memory.fd)) ?? 0
    }

    package func kill() {
        // A zygote can put its own process into the leaf of one hierarchy only.
        for folder in madeIn { CgroupFolder.kill(folder.path + "/" + name) }
    }

    package func remove() throws(CodeBoxError) -> CgroupRemoval {
        closeAll()
        var busy: [CgroupFolder] = []
        for folder in madeIn {
            switch folder.removeDirectory(name) {
            case 0: continue
            case EBUSY: busy.append(folder)
            case let code:
                throw CgroupIOError(action: "remove", path: folder.path + "/" + name, errno: code)
                    .asError(.internalError)
            }
        }
        madeIn = busy
        return busy.isEmpty ? .removed : .busy
    }

    private func closeAll() {
        for fd in taskFDs { close(fd) }
        taskFDs = []
        for fd in [counters.cpu, counters.peak, counters.events] where fd >= 0 { close(fd) }
        counters = Counters()
        if let memoryEventFD { close(memoryEventFD) }
        memoryEventFD = nil
    }
}

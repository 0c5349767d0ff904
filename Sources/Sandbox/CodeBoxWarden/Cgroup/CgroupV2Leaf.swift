package import CodeBoxCore
import Glibc

/// A sandbox's cgroup in the unified hierarchy.
package final class CgroupV2Leaf: CgroupLeaf {
    package let memoryEventFD: CInt? = nil
    package let taskFDs: [CInt] = []
    package var cloneFD: CInt? { directory >= 0 ? directory : nil }
    package var entryFD: CInt? { entry >= 0 ? entry : cloneFD }

    private let name: String
    private let folder: CgroupFolder
    private var directory: CInt = -1
    private var entry: CInt = -1
    /// `cpu.stat`.
    private var cpuFD: CInt = -1
    private var isMade = false
    private var inForce: Limits?

    init(_ name: String, in folder: CgroupFolder) {
        self.name = name
        self.folder = folder
    }

    deinit { closeAll() }

    func make(_ limits: Limits) throws(CgroupIOError) {
        try folder.makeDirectory(name)
        isMade = true
        directory = try CgroupFile.open(name, at: folder.fd, flags: O_RDONLY | O_DIRECTORY)
        try apply(limits)
        // When memory runs out the kernel kills the whole sandbox, not one process of its choice.
        try CgroupFile.write("1", to: "memory.oom.group", at: directory)
        cpuFD = try CgroupFile.open("cpu.stat", at: directory, flags: O_RDONLY)
    }

    /// - Parameter confined: the folder, as the root of a mount.
    func admit(group: UInt32, through confined: CInt) throws(CgroupIOError) {
        try CgroupFile.admit(group: group, at: directory)
        entry = try CgroupFile.open(name, at: confined, flags: O_RDONLY | O_DIRECTORY)
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
        if limits.memoryBytes != before?.memoryBytes {
            try CgroupFile.write(String(limits.memoryBytes), to: "memory.max", at: directory)
        }
        let quotaUs = Cgroups.cpuQuotaUs(limits)
        if quotaUs != before.map(Cgroups.cpuQuotaUs) {
            try CgroupFile.write(
                "\(quotaUs) \(Cgroups.cpuPeriodUs)", to: "cpu.max", at: directory)
        }
        if limits.processes != before?.processes {
            // One more, for PID 1 of the sandbox.
            try CgroupFile.write(String(limits.processes + 1), to: "pids.max", at: directory)
        }
        inForce = limits
    }

    package func usage() throws(CodeBoxError) -> CgroupUsage {
        do {
            let cpu = CgroupFile.reread(cpuFD)
            let events = try CgroupFile.read("memory.events", at: directory)
            return CgroupUsage(
                cpuUserUs: CgroupFile.number(of: "user_usec", in: cpu) ?? 0,
                cpuSystemUs: CgroupFile.number(of: "system_usec", in: cpu) ?? 0,
                memoryPeakBytes: try memoryPeak(),
                oomKills: CgroupFile.number(of: "oom_kill", in: events) ?? 0,
                reachedMemoryLimit: (CgroupFile.number(of: "oom", in: events) ?? 0) > 0)
        } catch {
            throw error.asError(.internalError)
        }
    }

    private func memoryPeak() throws(CgroupIOError) -> Int {
        do {
            return try CgroupFile.number("memory.peak", at: directory)
        } catch {
            // New in Linux 5.19.
            guard error.errno == ENOENT else { throw error }
            return try CgroupFile.number("memory.current", at: directory)
        }
    }

    package func cpuTimeUs() -> Int {
        CgroupFile.number(of: "usage_usec", in: CgroupFile.reread(cpuFD)) ?? 0
    }

    package func memoryBytes() -> Int {
        (try? CgroupFile.number("memory.current", at: directory)) ?? 0
    }

    package var processes: [CInt] { CgroupFolder.processes(folder.path + "/" + name) }

    package func socketBytes() -> Int {
        let counters = (try? CgroupFile.read("memory.stat", at: directory)) ?? []
        return CgroupFile.number(of: "sock", in: counters) ?? 0
    }

    package func kill() {
        do {
            try CgroupFile.write("1", to: "cgroup.kill", at: directory)
        } catch {
            // New in Linux 5.14.
            CgroupFolder.kill(folder.path + "/" + name)
        }
    }

    package func remove() throws(CodeBoxError) -> CgroupRemoval {
        closeAll()
        guard isMade else { return .removed }
        switch folder.removeDirectory(name) {
        case 0:
            isMade = false
            return .removed
        case EBUSY: return .busy
        case let code:
            throw CgroupIOError(action: "remove", path: folder.path + "/" + name, errno: code)
                .asError(.internalError)
        }
    }

    private func closeAll() {
        if directory >= 0 { close(directory) }
        if entry >= 0 { close(entry) }
        if cpuFD >= 0 { close(cpuFD) }
        (directory, entry, cpuFD) = (-1, -1, -1)
    }
}

package import CodeBoxCore
import Glibc

/// cgroups of version 1: memory, cpu, cpuacct and pids, each in a separate hierarchy or joined with
/// others. A sandbox has a leaf in every hierarchy.
package final class CgroupV1: CgroupHierarchy {
    package let version = CgroupVersion.v1

    /// One for each hierarchy.
    let folders: [CgroupFolder]
    let memory: CgroupFolder
    let cpu: CgroupFolder
    let cpuacct: CgroupFolder
    let pids: CgroupFolder
    /// Whether memory and swap can be limited together (`swapaccount=1`, the default since 5.8).
    let limitsSwap: Bool
    /// Whether the kernel still has a limit for sockets' buffers; without one, and they escape the
    /// memory's (`memory.kmem.tcp`, which v2 has no need of).
    let limitsSockets: Bool
    private let sweep: CgroupSweep
    package private(set) var isSweepDue: Bool
    static let socketLimit = "memory.kmem.tcp.limit_in_bytes"
    static let socketUsage = "memory.kmem.tcp.usage_in_bytes"

    package init(
        _ hierarchies: [CgroupSurvey.V1Hierarchy], owner: CgroupOwner
    ) throws(CodeBoxError) {
        sweep = CgroupSweep(bases: hierarchies.map(\.directory), own: owner)
        isSweepDue = sweep.pass()
        var folders: [CgroupFolder] = []
        var byController: [String: CgroupFolder] = [:]
        do {
            for hierarchy in hierarchies {
                let folder = try CgroupFolder(in: hierarchy.directory, owner: owner)
                folders.append(folder)
                for controller in hierarchy.controllers { byController[controller] = folder }
            }
            guard let memory = byController["memory"], let cpu = byController["cpu"],
                let cpuacct = byController["cpuacct"], let pids = byController["pids"]
            else {
                throw CodeBoxError(.sandboxFailed, "cgroup v1: a controller is not mounted")
            }
            (self.memory, self.cpu, self.cpuacct, self.pids) = (memory, cpu, cpuacct, pids)
            self.folders = folders
            limitsSwap = faccessat(memory.fd, "memory.memsw.limit_in_bytes", F_OK, 0) == 0
            limitsSockets = faccessat(memory.fd, Self.socketLimit, F_OK, 0) == 0
            if !limitsSwap {
                // Leaves are made with their parent's. Swap then takes pages only when the whole
                // machine is out of memory.
                try CgroupFile.write("0", to: "memory.swappiness", at: memory.fd)
            }
            // Leaves are made with the kernel's default period, as this folder was.
            let period = try CgroupFile.number("cpu.cfs_period_us", at: cpu.fd)
            guard period == Cgroups.cpuPeriodUs else {
                throw CodeBoxError(
                    .sandboxFailed,
                    "cgroup v1: cpu.cfs_period_us of a new cgroup is \(period), not the "
                        + "\(Cgroups.cpuPeriodUs) that CPU limits are reckoned in")
            }
        } catch let error as CgroupIOError {
            CgroupFolder.destroy(folders.map(\.path))
            throw error.asError(.sandboxFailed, remedy: CgroupReport.rightsOnV1)
        } catch {
            CgroupFolder.destroy(folders.map(\.path))
            throw error as? CodeBoxError ?? CodeBoxError(.sandboxFailed, "cgroup v1: \(error)")
        }
    }

    package func bound(memoryBytes: Int, processes: Int) throws(CodeBoxError) {
        do {
            try CgroupFile.write(
                String(memoryBytes), to: "memory.limit_in_bytes", at: memory.fd)
            if limitsSwap {
                try CgroupFile.write(
                    String(memoryBytes), to: "memory.memsw.limit_in_bytes", at: memory.fd)
            }
            try CgroupFile.write(String(processes), to: "pids.max", at: pids.fd)
        } catch {
            throw error.asError(.sandboxFailed, remedy: CgroupReport.rightsOnV1)
        }
    }

    package func weigh(cpuWeight: Int) throws(CodeBoxError) {
        do {
            try CgroupFile.write(
                String(Cgroups.cpuShares(ofWeight: cpuWeight)), to: "cpu.shares", at: cpu.fd)
        } catch {
            throw error.asError(.sandboxFailed, remedy: CgroupReport.rightsOnV1)
        }
    }

    /// Does nothing: the zygote gets each leaf's `tasks` files as open descriptors.
    package func admit(group: UInt32) throws(CodeBoxError) {}

    package func makeLeaf(_ name: String, limits: Limits) throws(CodeBoxError) -> any CgroupLeaf {
        let leaf = CgroupV1Leaf(name, in: self)
        do {
            try leaf.make(limits)
        } catch {
            _ = try? leaf.remove()
            throw error.asError(.sandboxFailed)
        }
        return leaf
    }

    package func sweepAgain() -> Bool {
        isSweepDue = sweep.pass(tries: 1)
        return isSweepDue
    }

    package func removeAll() {
        CgroupFolder.destroy(folders.map(\.path))
        if isSweepDue { isSweepDue = sweep.finish() }
    }
}

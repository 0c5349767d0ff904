package import CodeBoxCore
import CLinux
import Glibc

/// cgroups of version 2: one hierarchy, one leaf per sandbox.
package final class CgroupV2: CgroupHierarchy {
    package let version = CgroupVersion.v2

    let folder: CgroupFolder
    private var admitted: (group: UInt32, confined: CInt)?
    private let sweep: CgroupSweep
    package private(set) var isSweepDue: Bool

    /// - Parameter base: has memory, cpu and pids enabled for its children.
    package init(base: String, owner: CgroupOwner) throws(CodeBoxError) {
        sweep = CgroupSweep(bases: [base], own: owner)
        isSweepDue = sweep.pass()
        do {
            folder = try CgroupFolder(in: base, owner: owner)
        } catch {
            throw error.asError(.sandboxFailed, remedy: "see `codebox doctor`")
        }
        do {
            try CgroupFile.write(
                "+cpu +memory +pids", to: "cgroup.subtree_control", at: folder.fd)
            // For all the leaves: a parent's swap limit holds for its children. There is no such
            // file where the kernel has no swap.
            if faccessat(folder.fd, "memory.swap.max", F_OK, 0) == 0 {
                try CgroupFile.write("0", to: "memory.swap.max", at: folder.fd)
            }
        } catch {
            CgroupFolder.destroy([folder.path])
            throw error.asError(.sandboxFailed, remedy: "see `codebox doctor`")
        }
    }

    package func makeLeaf(_ name: String, limits: Limits) throws(CodeBoxError) -> any CgroupLeaf {
        let leaf = CgroupV2Leaf(name, in: folder)
        do {
            try leaf.make(limits)
            if let admitted {
                try leaf.admit(group: admitted.group, through: admitted.confined)
            }
        } catch {
            _ = try? leaf.remove()
            throw error.asError(.sandboxFailed)
        }
        return leaf
    }

    package func bound(memoryBytes: Int, processes: Int) throws(CodeBoxError) {
        do {
            try CgroupFile.write(String(memoryBytes), to: "memory.max", at: folder.fd)
            try CgroupFile.write(String(processes), to: "pids.max", at: folder.fd)
        } catch {
            throw error.asError(.sandboxFailed, remedy: "see `codebox doctor`")
        }
    }

    package func weigh(cpuWeight: Int) throws(CodeBoxError) {
        do {
            try CgroupFile.write(String(cpuWeight), to: "cpu.weight", at: folder.fd)
        } catch {
            throw error.asError(.sandboxFailed, remedy: "see `codebox doctor`")
        }
    }

    package func admit(group: UInt32) throws(CodeBoxError) {
        do throws(CgroupIOError) {
            try CgroupFile.admit(group: group, at: folder.fd)
            // Without this a zygote could leave its root by the leaf's folder, whose parents are
            // the host's.
            let confined = cb_open_confined(folder.path)
            guard confined >= 0 else {
                throw CgroupIOError(action: "confine", path: folder.path, errno: -confined)
            }
            admitted = (group, confined)
        } catch {
            throw error.asError(.sandboxFailed)
        }
    }

    package func sweepAgain() -> Bool {
        isSweepDue = sweep.pass(tries: 1)
        return isSweepDue
    }

    package func removeAll() {
        CgroupFolder.destroy([folder.path])
        if isSweepDue { isSweepDue = sweep.finish() }
    }
}

package import CodeBoxCore
import Glibc

/// cgroups of version 2: one hierarchy, one leaf per sandbox.
package final class CgroupV2: CgroupHierarchy {
    package let version = CgroupVersion.v2

    let folder: CgroupFolder
    private var group: UInt32?
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
            if let group { try leaf.admit(group: group) }
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

    package func admit(group: UInt32) throws(CodeBoxError) {
        do {
            try CgroupFile.admit(group: group, at: folder.fd)
        } catch {
            throw error.asError(.sandboxFailed)
        }
        self.group = group
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

package import CodeBoxCore

/// Where this process makes the cgroups of its sandboxes. Made by ``Cgroups/open()``.
package protocol CgroupHierarchy: AnyObject {
    var version: CgroupVersion { get }

    /// Bounds all leaves together.
    /// - Throws: `sandboxFailed` with the file and the kernel's reason.
    func bound(memoryBytes: Int, processes: Int) throws(CodeBoxError)
    /// Lets a group's processes be the parents of processes that are born in leaves made from now
    /// on: on v2 `clone3` asks for the right to write the leaf's and this folder's `cgroup.procs`.
    func admit(group: UInt32) throws(CodeBoxError)
    /// Makes an empty cgroup with the limits in force.
    /// - Parameter name: unique among the living; letters, digits and dashes.
    /// - Throws: `sandboxFailed` with the file and the kernel's reason; nothing is left behind.
    func makeLeaf(_ name: String, limits: Limits) throws(CodeBoxError) -> any CgroupLeaf
    /// Whether something that a dead predecessor left could not be removed so far.
    var isSweepDue: Bool { get }
    /// Looks at it again, without waiting.
    /// - Returns: whether something is left even now.
    func sweepAgain() -> Bool
    /// Kills what is left in the leaves and removes them and the folder around them; for the
    /// process's end. Waits for the killed, 2 s at most.
    func removeAll()
}

package import CodeBoxCore

/// Where this process makes the cgroups of its sandboxes. Made by ``Cgroups/open()``.
package protocol CgroupHierarchy: AnyObject {
    var version: CgroupVersion { get }

    /// Bounds what all leaves together may use.
    /// - Throws: `sandboxFailed` with the file and the kernel's reason.
    func bound(memoryBytes: Int, processes: Int) throws(CodeBoxError)
    /// Sets what all leaves together get of a core that others want too.
    /// - Parameter cpuWeight: beside 100, which every cgroup has unless told otherwise, and on v1
    ///   every thread beside the folder; 1 to 10,000 (`cpu.weight` in cgroup v2).
    /// - Throws: `sandboxFailed` with the file and the kernel's reason.
    func weigh(cpuWeight: Int) throws(CodeBoxError)
    /// Lets a group's processes make children that are born in leaves which are made from now on.
    /// On v2
    /// `clone3` needs the right to write the `cgroup.procs` of the leaf and of this folder.
    func admit(group: UInt32) throws(CodeBoxError)
    /// Makes an empty cgroup with the limits in force.
    /// - Parameter name: unique among the living; letters, digits and dashes.
    /// - Throws: `sandboxFailed` with the file and the kernel's reason; nothing is left behind.
    func makeLeaf(_ name: String, limits: Limits) throws(CodeBoxError) -> any CgroupLeaf
    /// Whether something that a dead predecessor left could not be removed so far.
    var isSweepDue: Bool { get }
    /// Tries again to remove it, without waiting.
    /// - Returns: whether something is still left.
    func sweepAgain() -> Bool
    /// Kills what is left in the leaves, and removes the leaves and the folder around them; for the
    /// process's end. Waits for the killed processes, 2 s at most.
    func removeAll()
}

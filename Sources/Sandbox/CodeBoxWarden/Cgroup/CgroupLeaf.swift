package import CodeBoxCore

/// The cgroup of one sandbox. It owns its file descriptors until ``remove()``.
package protocol CgroupLeaf: AnyObject {
    /// v2: the directory, for `clone3` with `CLONE_INTO_CGROUP`. Nil on v1.
    var cloneFD: CInt? { get }
    /// v2: the directory for a zygote, whose child is born in it. Where ``CgroupHierarchy`` has
    /// admitted a group, `..` leads no further than to the folder of all leaves.
    var entryFD: CInt? { get }
    /// v1: every hierarchy's `tasks`, open for writing (close-on-exec), into each of which the new
    /// process itself writes `0` while it is single-threaded. Empty on v2.
    ///
    /// If another process writes it, or if it is written to `cgroup.procs`, the move waits 11–15 ms
    /// for a grace period of the kernel when the machine was idle.
    var taskFDs: [CInt] { get }

    /// v1: an eventfd that is readable when the cgroup has run out of memory. The warden then ends
    /// the whole sandbox, as the kernel does on v2 (`memory.oom.group`). Nil on v2.
    var memoryEventFD: CInt? { get }

    /// - Throws: `internalError` if a counter can't be read.
    func usage() throws(CodeBoxError) -> CgroupUsage
    /// Memory that is charged to a cgroup which was just made, bytes; reads one file. 0 once
    /// removed.
    func memoryBytes() -> Int
    /// User and system CPU time so far, microseconds; one `pread`. 0 once removed.
    func cpuTimeUs() -> Int
    /// The processes in it that this process can see.
    var processes: [CInt] { get }
    /// What buffers of its sockets are charged, bytes; 0 where the kernel does not tell.
    func socketBytes() -> Int
    /// Changes the limits of a cgroup in use. Where this throws, some may have changed already.
    func setLimits(_ limits: Limits) throws(CodeBoxError)
    /// Kills everything in it. On v2 that is one write. On v1 every process is signaled in turn,
    /// and one that forks quickly may outrun it; killing the sandbox's PID 1 can't be outrun.
    func kill()
    /// Closes the descriptors and removes the directory. Call it again if it returns `busy`.
    /// - Throws: `internalError` if the kernel refuses for another reason.
    func remove() throws(CodeBoxError) -> CgroupRemoval
}

import CodeBoxCore
import Glibc

@testable import CodeBoxWarden

/// A cgroup whose counters the test sets.
final class FakeLeaf: CgroupLeaf {
    let cloneFD: CInt? = nil
    let entryFD: CInt? = nil
    let taskFDs: [CInt] = []
    let memoryEventFD: CInt? = nil
    var limits: Limits
    var cpuUs = 0
    var hasOOMKill = false
    var refuses = false
    /// So many removals find it busy.
    var busy = 0
    var isRemoved = false
    var kills = 0

    init(_ limits: Limits = .standard) { self.limits = limits }

    func usage() throws(CodeBoxError) -> CgroupUsage {
        CgroupUsage(oomKills: hasOOMKill ? 1 : 0, reachedMemoryLimit: hasOOMKill)
    }
    func memoryBytes() -> Int { 0 }
    func cpuTimeUs() -> Int { cpuUs }
    var processes: [pid_t] { [] }
    func socketBytes() -> Int { 0 }
    func setLimits(_ limits: Limits) throws(CodeBoxError) {
        if refuses { throw CodeBoxError(.sandboxFailed, "no") }
        self.limits = limits
    }
    func kill() { kills += 1 }
    func remove() throws(CodeBoxError) -> CgroupRemoval {
        guard busy == 0 else {
            busy -= 1
            return .busy
        }
        isRemoved = true
        return .removed
    }
}

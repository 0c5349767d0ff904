import CodeBoxCore
import Glibc

extension CgroupV2Site {
    /// Prepares the place that ``choose(isRoot:)`` found, and moves processes where that is
    /// allowed.
    /// - Returns: the directory to make CodeBox's folder in.
    func prepare() throws(CodeBoxError) -> String {
        let choice = try choose()
        guard !choice.toEnable.isEmpty else { return choice.base }
        let words = choice.toEnable.sorted().map { "+" + $0 }.joined(separator: " ")
        do throws(CgroupIOError) {
            do throws(CgroupIOError) {
                try enable(words, in: choice.base)
            } catch {
                guard error.errno == EBUSY, choice.mayMove else { throw error }
                try moveProcesses(of: choice.base)
                try enable(words, in: choice.base)
            }
        } catch {
            throw error.asError(
                .sandboxFailed,
                remedy: "\(choice.base) must hold no process: start the service in a child of it, "
                    + "with DelegateSubgroup=\(Self.serviceName) in its unit")
        }
        return choice.base
    }

    private func enable(_ words: String, in base: String) throws(CgroupIOError) {
        try CgroupFile.write(words, to: base + "/cgroup.subtree_control", at: AT_FDCWD)
    }

    /// Repeats until no process is left: one may fork after it was listed and before it is moved.
    private func moveProcesses(of base: String) throws(CgroupIOError) {
        let service = base + "/" + Self.serviceName
        if mkdir(service, 0o755) != 0, errno != EEXIST {
            throw CgroupIOError(action: "make", path: service, errno: errno)
        }
        for _ in 0..<100 {
            let pids = (CgroupFile.text(base + "/cgroup.procs") ?? "").split(separator: "\n")
            if pids.isEmpty { return }
            for pid in pids {
                do {
                    try CgroupFile.write(
                        String(pid), to: service + "/cgroup.procs", at: AT_FDCWD)
                } catch {
                    // ESRCH: it has ended since.
                    guard error.errno == ESRCH else { throw error }
                }
            }
        }
    }
}

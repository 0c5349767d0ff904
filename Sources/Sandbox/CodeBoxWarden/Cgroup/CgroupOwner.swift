package import CodeBoxCore
import Glibc

/// The process that a folder of cgroups belongs to, as the folder's name tells:
/// `codebox-<pid>-<start time>`. The start time tells it from a later process of the same pid.
package struct CgroupOwner: Hashable, Sendable {
    package var pid: Int
    /// Clock ticks since the machine's start (field 22 of `/proc/<pid>/stat`).
    package var startTime: Int

    package init(pid: Int, startTime: Int) {
        self.pid = pid
        self.startTime = startTime
    }

    /// This process.
    package static func current() throws(CodeBoxError) -> CgroupOwner {
        guard let stat = CgroupFile.text("/proc/self/stat"), let process = Process(stat: stat)
        else {
            throw CodeBoxError(
                .sandboxFailed, "can't read /proc/self/stat; mount a procfs at /proc")
        }
        // As that /proc has it: getpid() of the PID 1 of a pid namespace is 1.
        return CgroupOwner(pid: process.pid, startTime: process.startTime)
    }

    package var folderName: String { "codebox-\(pid)-\(startTime)" }

    /// Nil unless the name is exactly one that ``folderName`` makes.
    package init?(folderName: String) {
        let parts = folderName.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let pid = Int(parts[1]), let startTime = Int(parts[2]), pid > 0,
            startTime >= 0
        else { return nil }
        self.init(pid: pid, startTime: startTime)
        guard self.folderName == folderName else { return nil }
    }

    /// False once it has ended, reaped or not.
    package var isAlive: Bool {
        guard let stat = CgroupFile.text("/proc/\(pid)/stat"), let process = Process(stat: stat)
        else {
            return false
        }
        return process.startTime == startTime && !process.hasEnded
    }

    private struct Process {
        var pid: Int
        var startTime: Int
        var hasEnded: Bool

        /// The command's name may hold anything, parentheses and spaces too: fields are counted
        /// from the last `)`, after which comes field 3.
        init?(stat: String) {
            guard let end = stat.lastIndex(of: ")"), let pid = Int(stat.prefix { $0 != " " })
            else { return nil }
            let fields = stat[stat.index(after: end)...].split(separator: " ")
            guard fields.count > 19, let startTime = Int(fields[19]) else { return nil }
            self.pid = pid
            self.startTime = startTime
            hasEnded = fields[0] == "Z" || fields[0] == "X"
        }
    }
}

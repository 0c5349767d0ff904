import CLinux
import CodeBoxWarden
import Foundation
import Glibc
import Testing

/// Looks at this machine's processes through /proc.
package enum Wardens {
    /// Children of this process that run `codebox-warden`, oldest first.
    package static func ofThisProcess() -> [CInt] {
        processes { $0.hasPrefix("codebox-warden\0") }
            .filter { parent(of: $0) == getpid() }.sorted()
    }

    package static func processes(where matches: (String) -> Bool) -> [CInt] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { CInt($0) }.filter { pid in
            guard let line = try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)
            else { return false }
            return matches(line)
        }
    }

    /// Names of the cgroups that a warden has for jobs, used or not, in one of its hierarchies;
    /// none before it has begun.
    package static func cgroups(of warden: CInt) throws -> Set<String> {
        let directories = CgroupReport.current().directories
        let base = try #require(directories.first)
        let files = FileManager.default
        let folders = try files.contentsOfDirectory(atPath: base)
        guard let folder = folders.first(where: { $0.hasPrefix("codebox-\(warden)-") }) else {
            return []
        }
        let leaves = try files.contentsOfDirectory(atPath: base + "/" + folder)
        return Set(leaves.filter { $0.hasPrefix("job-") })
    }

    package static func descriptors(of pid: CInt) -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count) ?? 0
    }

    /// Whether this process, and so a warden it starts, holds a capability.
    package static func holdsCapability(_ number: UInt64) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("CapEff:") }
        let held = line.flatMap { UInt64($0.dropFirst(8), radix: 16) } ?? 0
        return held >> number & 1 == 1
    }

    /// Waits up to 5 s for a process that is not our child, by its pidfd.
    package static func waitForEnd(of pid: CInt) async throws {
        let pidfd = cb_open_process(pid)
        guard pidfd >= 0 else { return }
        defer { close(pidfd) }
        var polled = pollfd(fd: pidfd, events: Int16(POLLIN), revents: 0)
        let ready = poll(&polled, 1, 5000)
        #expect(ready == 1, "process \(pid) still lives")
    }

    package static func parent(of pid: CInt) -> CInt? {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let end = stat.lastIndex(of: ")")
        else { return nil }
        return stat[end...].split(separator: " ").dropFirst(2).first.flatMap { CInt($0) }
    }
}

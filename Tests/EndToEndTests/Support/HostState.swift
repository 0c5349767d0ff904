import Foundation
import Glibc

/// The processes, cgroups, mounts and files of this machine that a sandbox could leave behind.
struct HostState: Sendable {
    /// Processes in a pid namespace other than the tests' own.
    var contained: Set<HostProcess>
    /// Folders named `codebox…` in any cgroup hierarchy, and those in them: one for each sandbox
    /// and zygote, and those that were made ahead.
    var cgroups: Set<String>
    /// Lines of the host's mountinfo, without their ids.
    var mounts: Set<String>

    /// What belongs to a process that is alive and not of this scratch folder is left out: it is
    /// another test's, or a server's of this machine's own.
    static func now(of scratch: Scratch) -> HostState {
        let processes = HostProcess.all()
        let byID = Dictionary(processes.map { ($0.pid, $0) }) { first, _ in first }
        let strangers = Set(
            processes.filter { process in
                process.arguments.first == "codebox-warden"
                    && !process.arguments.contains { $0.hasPrefix(scratch.path) }
            }.map(\.pid))
        func isStrange(_ process: HostProcess) -> Bool {
            var current: HostProcess? = process
            for _ in 0..<64 {
                guard let here = current else { return false }
                if strangers.contains(here.pid) { return true }
                current = byID[here.parent]
            }
            return false
        }
        let own = HostProcess.link(getpid(), "ns/pid")
        let contained = processes.filter {
            !$0.pidNamespace.isEmpty && $0.pidNamespace != own && !isStrange($0)
        }
        let cgroups = cgroupFolders().filter { path in
            // codebox-<pid of the owner>-<its start time>, and below it the sandboxes'.
            let owner = path.firstMatch(of: #/codebox-(\d+)-/#).flatMap { pid_t($0.output.1) }
            guard let owner, let process = byID[owner] else { return true }
            return process.arguments.contains { $0.hasPrefix(scratch.path) }
        }
        return HostState(contained: Set(contained), cgroups: cgroups, mounts: mountLines())
    }

    /// What is here now and was not then, in words; nil if there is nothing.
    func grown(since earlier: HostState) -> String? {
        let found =
            contained.subtracting(earlier.contained).map { "process \($0)" }.sorted()
            + cgroups.subtracting(earlier.cgroups).map { "cgroup \($0)" }.sorted()
            + mounts.subtracting(earlier.mounts).map { "mount \($0)" }.sorted()
        return found.isEmpty ? nil : found.joined(separator: "\n")
    }

    /// What is here, in words, if it is more than was then; nil if it is not. Waiting sandboxes
    /// come and go, but their number stays. Zygotes that jobs asked for stay for some minutes.
    func outnumbers(_ earlier: HostState) -> String? {
        let added = max(0, zygotes.count - earlier.zygotes.count)
        let folders = zygoteCgroups.count - earlier.zygoteCgroups.count
        let isMore =
            contained.count - added > earlier.contained.count
            || cgroups.count - max(0, folders) > earlier.cgroups.count
            || added > Self.mostAdded || !mounts.isSubset(of: earlier.mounts)
        guard isMore else { return nil }
        let counts =
            "\(earlier.contained.count) → \(contained.count) processes, "
            + "\(earlier.cgroups.count) → \(cgroups.count) cgroups\n"
        return counts + (grown(since: earlier) ?? "")
    }

    /// The names of the zygotes' cgroups, which have one folder in each hierarchy.
    var zygotes: Set<Substring> {
        Set(zygoteCgroups.compactMap { $0.split(separator: "/").last })
    }

    private var zygoteCgroups: Set<String> { cgroups.filter { $0.contains("/zygote-") } }

    /// A server keeps at most so many zygotes for variants, other heaps and TypeScript.
    private static let mostAdded = 4

    private static func cgroupFolders() -> Set<String> {
        let mounts = (HostProcess.read("/proc/self/mounts") ?? "").split(separator: "\n")
        var found: Set<String> = []
        for mount in mounts {
            let fields = mount.split(separator: " ")
            guard fields.count > 2, fields[2] == "cgroup" || fields[2] == "cgroup2" else {
                continue
            }
            collectCgroups(below: String(fields[1]), depth: 0, into: &found)
        }
        return found
    }

    private static func collectCgroups(
        below path: String, depth: Int, into found: inout Set<String>
    ) {
        guard depth < 8, let folder = opendir(path) else { return }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            guard entry.pointee.d_type == UInt8(DT_DIR) else { continue }
            let name = withUnsafePointer(to: entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let child = path + "/" + name
            if name.hasPrefix("codebox") || path.contains("/codebox") { found.insert(child) }
            collectCgroups(below: child, depth: depth + 1, into: &found)
        }
    }

    private static func mountLines() -> Set<String> {
        let lines = (HostProcess.read("/proc/self/mountinfo") ?? "").split(separator: "\n")
        return Set(lines.map { $0.split(separator: " ").dropFirst(2).joined(separator: " ") })
    }
}

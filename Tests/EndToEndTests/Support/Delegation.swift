import Foundation
import Glibc

/// Cgroups that belong to an ordinary user: a folder below the tests' own cgroup in each hierarchy,
/// as systemd delegates one to a service.
final class Delegation: Sendable {
    struct Failed: Error, CustomStringConvertible {
        var description: String
    }

    private static let controllers: Set<String> = ["memory", "cpu", "cpuacct", "pids"]

    /// What belongs to the user: the folder itself, and the files by which processes move.
    private static let files = [
        "", "/tasks", "/cgroup.procs", "/cgroup.threads", "/cgroup.subtree_control",
    ]

    /// One folder for each hierarchy.
    let folders: [String]

    /// - Parameter uid: the user that may use them.
    init(to uid: UInt32) throws {
        let name = "delegated-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        let parents = Self.parents()
        guard !parents.isEmpty else { throw Failed(description: "no cgroup can be delegated") }
        folders = parents.map { $0 + "/" + name }
        for folder in folders {
            guard mkdir(folder, 0o755) == 0 else {
                throw Failed(description: "\(folder): \(String(cString: strerror(errno)))")
            }
            for file in Self.files where access(folder + file, F_OK) == 0 {
                chown(folder + file, uid, uid)
            }
        }
    }

    deinit { remove() }

    /// Removes what is empty; the processes of a killed server may take a moment to end.
    func remove() {
        for folder in folders {
            for _ in 0..<200 where access(folder, F_OK) == 0 {
                Self.removeTree(folder)
                usleep(10_000)
            }
        }
    }

    private static func removeTree(_ folder: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names {
            var found = stat()
            guard lstat(folder + "/" + name, &found) == 0, found.st_mode & S_IFMT == S_IFDIR
            else { continue }
            removeTree(folder + "/" + name)
        }
        rmdir(folder)
    }

    /// The tests' own cgroup in each v1 hierarchy; on v2 the nearest one above that has the
    /// controllers for its children.
    private static func parents() -> [String] {
        let mounts = (HostProcess.read("/proc/self/mounts") ?? "").split(separator: "\n").map {
            $0.split(separator: " ").map(String.init)
        }
        let own = (HostProcess.read("/proc/self/cgroup") ?? "").split(separator: "\n").map {
            $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        }
        var found: [String] = []
        for line in own where line.count == 3 {
            let wanted = Set(line[1].split(separator: ",").map(String.init))
            let mount = mounts.first { fields in
                guard fields.count > 3 else { return false }
                if wanted.isEmpty { return fields[2] == "cgroup2" }
                return fields[2] == "cgroup"
                    && wanted.isSubset(of: Set(fields[3].split(separator: ",").map(String.init)))
            }
            guard let top = mount?[1] else { continue }
            let path = line[2] == "/" ? top : top + line[2]
            if wanted.isEmpty {
                if let place = unified(path, top) { found.append(place) }
            } else if !wanted.isDisjoint(with: controllers) {
                found.append(path)
            }
        }
        return found
    }

    private static func unified(_ own: String, _ top: String) -> String? {
        var place = own
        for _ in 0..<32 where place.hasPrefix(top) {
            let enabled = HostProcess.read(place + "/cgroup.subtree_control") ?? ""
            let words = Set(enabled.split(whereSeparator: \.isWhitespace).map(String.init))
            if words.isSuperset(of: ["memory", "cpu", "pids"]) { return place }
            place = (place as NSString).deletingLastPathComponent
        }
        return nil
    }
}

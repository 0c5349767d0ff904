import Foundation
import Glibc

/// A process as the host's /proc shows it.
struct HostProcess: Hashable, Sendable, CustomStringConvertible {
    var pid: pid_t
    var parent: pid_t
    var arguments: [String]
    /// `pid:[4026531836]` and the like; empty when it can't be read.
    var pidNamespace: String

    var description: String { "\(pid) (parent \(parent)) \(arguments.joined(separator: " "))" }

    /// Every process that is not a zombie.
    static func all() -> [HostProcess] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.compactMap(HostProcess.init(pid:))
    }

    /// All below `root`, itself left out.
    static func descendants(of root: pid_t) -> [HostProcess] {
        let everyone = all()
        var found: Set<pid_t> = [root]
        var grew = true
        while grew {
            let more = everyone.filter { found.contains($0.parent) && !found.contains($0.pid) }
            found.formUnion(more.map(\.pid))
            grew = !more.isEmpty
        }
        return everyone.filter { $0.pid != root && found.contains($0.pid) }
    }

    /// The state: `R`, `S`, `T`, `Z` and so on; nil if there is no such process.
    static func state(_ pid: pid_t) -> String? {
        fields(pid).map { String($0[0]) }
    }

    /// Of /proc/PID/stat, from the state on.
    private static func fields(_ pid: pid_t) -> [Substring]? {
        guard let stat = read("/proc/\(pid)/stat"), let close = stat.lastIndex(of: ")") else {
            return nil
        }
        let fields = stat[close...].split(separator: " ").dropFirst()
        return fields.count > 1 ? Array(fields) : nil
    }

    /// Those of its main thread.
    static func children(of pid: pid_t) -> [pid_t] {
        (read("/proc/\(pid)/task/\(pid)/children") ?? "").split(separator: " ")
            .compactMap { pid_t($0) }
    }

    /// At most 15 bytes of it.
    static func name(_ pid: pid_t) -> String {
        (read("/proc/\(pid)/comm") ?? "").trimmingCharacters(in: .newlines)
    }

    init?(pid: pid_t) {
        guard let fields = Self.fields(pid), fields[0] != "Z", fields[0] != "X",
            let parent = pid_t(fields[1])
        else { return nil }
        self.pid = pid
        self.parent = parent
        arguments = (Self.read("/proc/\(pid)/cmdline") ?? "").split(separator: "\0").map(
            String.init)
        pidNamespace = Self.link(pid, "ns/pid")
    }

    /// The value of a line of /proc/PID/status, without its name.
    func status(_ name: String) -> String? {
        Self.read("/proc/\(pid)/status")?.split(separator: "\n")
            .first { $0.hasPrefix(name + ":") }
            .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
    }

    func namespace(_ name: String) -> String { Self.link(pid, "ns/\(name)") }

    var descriptorCount: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count) ?? 0
    }

    /// The targets of its descriptors, sorted.
    var descriptors: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd")) ?? []
        return names.map { Self.link(pid, "fd/\($0)") }.sorted()
    }

    static func link(_ pid: pid_t, _ name: String) -> String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/\(name)")) ?? ""
    }

    /// /proc files say they are empty, so they are read to the end rather than by size.
    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes.append(contentsOf: buffer[..<count])
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension HostProcess {
    /// The memory that it uses now.
    var residentBytes: Int {
        let kilobytes = status("VmRSS")?.split(separator: " ").first.flatMap { Int($0) } ?? 0
        return kilobytes << 10
    }
}

import CodeBoxCore
import CodeBoxWarden
import Glibc
import SandboxTestSupport
import Testing

/// What all sandboxes together get of a core that others want, on the version of cgroups in force.
@Suite("CPU weight", .serialized)
struct CPUWeightTests {
    private let cgroups: any CgroupHierarchy

    init() throws {
        cgroups = try Cgroups.open(owner: Self.owner())
    }

    /// A folder of this suite's own.
    private static func owner() throws -> CgroupOwner {
        var owner = try CgroupOwner.current()
        owner.startTime += 2
        return owner
    }

    /// The weight as the kernel has it, of the folder around all leaves.
    private func weight() throws -> String {
        let name = cgroups.version == .v2 ? "cpu.weight" : "cpu.shares"
        let folders = try CgroupReport.current().directories.map {
            "\($0)/\(try Self.owner().folderName)/\(name)"
        }
        let path = try #require(folders.first { access($0, F_OK) == 0 })
        return try #require(text(path))
    }

    private func text(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &bytes, bytes.count)
        return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    }

    /// Nanoseconds on a processor (`/proc/PID/schedstat`).
    private func time(of pid: pid_t) throws -> Double {
        let words = try #require(text("/proc/\(pid)/schedstat")).split(separator: " ")
        return try #require(words.first.flatMap { Double($0) })
    }

    /// Burns on the first processor that this process may use, until it is killed.
    private func burn(in leaf: (any CgroupLeaf)? = nil) throws -> SandboxProbe.Running {
        var fds = leaf?.taskFDs ?? []
        var procs: CInt = -1
        if let directory = leaf?.cloneFD {
            procs = openat(directory, "cgroup.procs", O_WRONLY | O_CLOEXEC)
            fds = [procs]
        }
        defer { if procs >= 0 { close(procs) } }
        return try SandboxProbe.start(["burn", "60000"], joining: fds)
    }

    private func end(_ running: SandboxProbe.Running) throws {
        kill(running.pid, SIGKILL)
        _ = try running.wait()
    }

    @Test(
        "the folder around all sandboxes has the weight that is set",
        arguments: [(20, "204"), (100, "1024"), (1, "10"), (10_000, "102400")])
    func file(_ weight: Int, _ shares: String) throws {
        defer { cgroups.removeAll() }
        try cgroups.weigh(cpuWeight: weight)
        #expect(try self.weight() == (cgroups.version == .v2 ? String(weight) : shares) + "\n")
    }

    @Test(
        "a process beside the sandboxes gets its share of a core that eight of them burn",
        arguments: [(WardenBounds.standardCPUWeight, 0.6), (20, 2.0)])
    func share(_ weight: Int, _ least: Double) throws {
        defer { cgroups.removeAll() }
        try cgroups.weigh(cpuWeight: weight)
        var burners: [SandboxProbe.Running] = []
        defer { for burner in burners { try? end(burner) } }
        for index in 0..<8 {
            let leaf = try cgroups.makeLeaf("leaf-\(index)", limits: .standard)
            burners.append(try burn(in: leaf))
        }
        let outside = try burn()
        burners.append(outside)
        usleep(200_000)
        let pids = burners.dropLast().map(\.pid)
        let before = (try time(of: outside.pid), try pids.map { try time(of: $0) }.reduce(0, +))
        usleep(800_000)
        let after = (try time(of: outside.pid), try pids.map { try time(of: $0) }.reduce(0, +))
        let (ours, theirs) = (after.0 - before.0, after.1 - before.1)
        // As much as all eight is the rule, five times as much with the lower weight, and an eighth
        // where each counts by itself.
        #expect(ours > least * theirs, "\(ours / 1e6) ms beside \(theirs / 1e6) ms of all")
    }
}

import SandboxTestSupport
import CodeBoxCore
import CodeBoxWarden
import Glibc
import Testing

/// Each limit and counter, on the version of cgroups that is in force here, v1 or v2.
@Suite("Cgroups", .serialized)
struct CgroupTests {
    private let cgroups: any CgroupHierarchy

    init() throws {
        cgroups = try Cgroups.open(owner: Self.owner())
    }

    private func withLeaf<Result>(
        _ limits: Limits = .standard, _ body: (any CgroupLeaf) throws -> Result
    ) throws -> Result {
        defer { cgroups.removeAll() }
        let leaf = try cgroups.makeLeaf("leaf-\(limits.processes)", limits: limits)
        return try body(leaf)
    }

    /// The files into which a process writes itself to join.
    private func withJoinFDs<Result>(
        _ leaf: any CgroupLeaf, _ body: ([CInt]) throws -> Result
    ) throws -> Result {
        guard let directory = leaf.cloneFD else { return try body(leaf.taskFDs) }
        let procs = openat(directory, "cgroup.procs", O_WRONLY | O_CLOEXEC)
        try #require(procs >= 0)
        defer { close(procs) }
        return try body([procs])
    }

    private func probe(_ leaf: any CgroupLeaf, _ action: String...) throws -> SandboxProbe.Ending {
        try withJoinFDs(leaf) { try SandboxProbe.run(action, joining: $0) }
    }

    private func sleep(in leaf: any CgroupLeaf) throws -> SandboxProbe.Running {
        let running = try withJoinFDs(leaf) {
            try SandboxProbe.start(["sleep", "30"], joining: $0)
        }
        try running.waitUntilReady()
        return running
    }

    /// A killed process leaves its cgroup shortly after it is reaped.
    private func removeSoon(_ leaf: any CgroupLeaf) throws -> Bool {
        for _ in 0..<200 {
            if case .removed = try leaf.remove() { return true }
            usleep(5000)
        }
        return false
    }

    /// The suite's folder in every hierarchy.
    private func folders() throws -> [String] {
        try CgroupReport.current().directories.map { "\($0)/\(try Self.owner().folderName)" }
    }

    /// Not this process's own folder, which a warden of another suite could be given.
    private static func owner() throws -> CgroupOwner {
        var owner = try CgroupOwner.current()
        owner.startTime += 1
        return owner
    }

    /// A second start, in the suite's folder: elsewhere, other processes sweep too.
    private func openNested() throws -> any CgroupHierarchy {
        let own = try CgroupOwner.current()
        if cgroups.version == .v2 { return try CgroupV2(base: try folders()[0], owner: own) }
        let folderName = try Self.owner().folderName
        let hierarchies = try CgroupSurvey.current().v1.map {
            CgroupSurvey.V1Hierarchy(
                controllers: $0.controllers, directory: "\($0.directory)/\(folderName)")
        }
        return try CgroupV1(hierarchies, owner: own)
    }

    @Test("the report finds what open() then uses, and changes nothing")
    func report() throws {
        defer { cgroups.removeAll() }
        let report = CgroupReport.current()
        #expect(report.isUsable)
        #expect(report.version == cgroups.version)
        #expect(report.missing.isEmpty)
        #expect(!report.directories.isEmpty)
    }

    @Test("pids: as many processes as the limit says, besides the sandbox's PID 1")
    func processes() throws {
        var limits = Limits.standard
        limits.processes = 7
        let ending = try withLeaf(limits) { try probe($0, "forks", "50") }
        #expect(ending == .init(exitCode: 0, signal: nil, output: "7\n"))
    }

    @Test("memory: the kernel kills what grows past the limit, and the counters say so")
    func memoryLimit() throws {
        var limits = Limits.standard
        limits.memoryBytes = 32 << 20
        try withLeaf(limits) { leaf in
            #expect(try probe(leaf, "hog", "\(64 << 20)").signal == SIGKILL)
            let usage = try leaf.usage()
            #expect(usage.oomKills >= 1)
            #expect(usage.memoryExceeded)
            #expect(usage.memoryPeakBytes <= limits.memoryBytes)
            #expect(usage.memoryPeakBytes > limits.memoryBytes - (2 << 20))
        }
    }

    @Test("memory: within the limit nothing is killed, and the peak is what was touched")
    func memoryPeak() throws {
        try withLeaf { leaf in
            #expect(try probe(leaf, "hog", "\(20 << 20)").exitCode == 0)
            let usage = try leaf.usage()
            #expect(!usage.memoryExceeded)
            #expect(usage.oomKills == 0)
            #expect(((20 << 20)..<(28 << 20)).contains(usage.memoryPeakBytes))
        }
    }

    @Test("a SIGKILL from elsewhere is no memory event")
    func killedIsNotMemory() throws {
        try withLeaf { leaf in
            let running = try sleep(in: leaf)
            kill(running.pid, SIGKILL)
            #expect(try running.wait().signal == SIGKILL)
            #expect(try leaf.usage().oomKills == 0)
        }
    }

    @Test("cpu: the time of processes that have ended is counted, user and system")
    func cpuTime() throws {
        try withLeaf { leaf in
            #expect(leaf.cpuTimeUs() == 0)
            #expect(try probe(leaf, "spin", "150").exitCode == 0)
            let total = leaf.cpuTimeUs()
            // Where the kernel only counts ticks, one of 10 ms may be missed now and then.
            #expect((110_000..<400_000).contains(total))
            let usage = try leaf.usage()
            #expect(usage.cpuUserUs + usage.cpuSystemUs >= total)
        }
    }

    @Test("cpu: a fifth of a core takes five times as long")
    func cpuBandwidth() throws {
        var limits = Limits.standard
        limits.cpus = 0.2
        try withLeaf(limits) { leaf in
            var (before, after) = (timespec(), timespec())
            clock_gettime(CLOCK_MONOTONIC, &before)
            let ending = try probe(leaf, "spin", "200")
            clock_gettime(CLOCK_MONOTONIC, &after)
            #expect(ending.exitCode == 0)
            let elapsedMs =
                (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1_000_000
            // 1000 ms less what is left of the last period.
            #expect(elapsedMs > 700)
        }
    }

    @Test("limits change while in use, up and down")
    func changes() throws {
        var limits = Limits.standard
        try withLeaf(limits) { leaf in
            limits.memoryBytes = 256 << 20
            limits.processes = 3
            try leaf.setLimits(limits)
            #expect(try probe(leaf, "hog", "\(180 << 20)").exitCode == 0)
            #expect(try probe(leaf, "forks", "20").output == "3\n")
            limits.memoryBytes = 16 << 20
            limits.cpus = 0.01
            try leaf.setLimits(limits)
            limits.cpus = 2
            try leaf.setLimits(limits)
            #expect(try probe(leaf, "hog", "\(64 << 20)").signal == SIGKILL)
            limits.memoryBytes = 256 << 20
            limits.processes = 5
            try leaf.setLimits(limits)
            try leaf.setLimits(limits)
            #expect(try probe(leaf, "forks", "20").output == "5\n")
            #expect(try probe(leaf, "hog", "\(180 << 20)").exitCode == 0)
        }
    }

    @Test(
        "a leaf with a process in it is busy; killed, it can be removed, and again without effect")
    func removal() throws {
        try withLeaf { leaf in
            let sleeper = try sleep(in: leaf)
            if case .removed = try leaf.remove() { Issue.record("removed with a process in it") }
            leaf.kill()
            #expect(try sleeper.wait().signal == SIGKILL)
            #expect(try removeSoon(leaf))
            #expect(try removeSoon(leaf))
            #expect(leaf.cpuTimeUs() == 0)
        }
    }

    @Test("two leaves of one name are refused, and the first is left alone")
    func doubles() throws {
        try withLeaf { leaf in
            let error = try #require(throws: CodeBoxError.self) {
                _ = try cgroups.makeLeaf("leaf-\(Limits.standard.processes)", limits: .standard)
            }
            #expect(error.code == .sandboxFailed)
            #expect(try probe(leaf, "spin", "1").exitCode == 0)
        }
    }

    @Test("removeAll kills what still runs and leaves no directory")
    func removesAll() throws {
        let leaf = try cgroups.makeLeaf("leaf", limits: .standard)
        let sleeper = try sleep(in: leaf)
        cgroups.removeAll()
        #expect(try sleeper.wait().signal == SIGKILL)
        for folder in try folders() { #expect(access(folder, F_OK) != 0) }
    }

    @Test("what a dead predecessor left is swept at the next start; what bears another name stays")
    func sweep() throws {
        defer { cgroups.removeAll() }
        // A pid that was alive a moment ago, and is no more.
        let past = try SandboxProbe.start(["sleep", "0"])
        _ = try past.wait()
        let dead = CgroupOwner(pid: Int(past.pid), startTime: 1)
        var reused = try CgroupOwner.current()
        reused.startTime -= 1
        let stranger = "codebox-\(past.pid)-x"
        let folders = try folders()
        for folder in folders {
            for name in [dead.folderName, reused.folderName] {
                try #require(mkdir("\(folder)/\(name)", 0o755) == 0)
                try #require(mkdir("\(folder)/\(name)/leaf", 0o755) == 0)
            }
            try #require(mkdir("\(folder)/\(stranger)", 0o755) == 0)
        }
        defer { for folder in folders { rmdir("\(folder)/\(stranger)") } }
        // One of the dead owner's children lives on.
        let procs = open("\(folders[0])/\(dead.folderName)/leaf/cgroup.procs", O_WRONLY)
        try #require(procs >= 0)
        let orphan = try SandboxProbe.start(["sleep", "30"], joining: [procs])
        close(procs)
        try orphan.waitUntilReady()
        let next = try openNested()
        #expect(try orphan.wait().signal == SIGKILL)
        for folder in folders {
            #expect(access("\(folder)/\(dead.folderName)", F_OK) != 0)
            #expect(access("\(folder)/\(reused.folderName)", F_OK) != 0)
            #expect(access("\(folder)/\(stranger)", F_OK) == 0)
        }
        next.removeAll()
    }

    @Test("a predecessor whose lock outlives it is swept later, and no other one is kept waiting")
    func lockedLonger() throws {
        defer { cgroups.removeAll() }
        let past = try SandboxProbe.start(["sleep", "0"])
        _ = try past.wait()
        let dead = CgroupOwner(pid: Int(past.pid), startTime: 1)
        var other = dead
        other.startTime += 1
        let folders = try folders()
        for folder in folders {
            for name in [dead.folderName, other.folderName] {
                try #require(mkdir("\(folder)/\(name)", 0o755) == 0)
                try #require(mkdir("\(folder)/\(name)/leaf", 0o755) == 0)
            }
        }
        // As a child does that a warden was about to make a sandbox of when it was killed.
        let locked = "\(folders[0])/\(dead.folderName)"
        let owner = try SandboxProbe.start(["leave-locked", locked])
        try owner.waitUntilReady()
        var status: CInt = 0
        try #require(waitpid(owner.pid, &status, 0) == owner.pid)

        let next = try openNested()
        defer { next.removeAll() }
        #expect(next.isSweepDue)
        #expect(next.sweepAgain())
        #expect(access(locked + "/leaf", F_OK) == 0)
        for folder in folders {
            #expect(access("\(folder)/\(other.folderName)", F_OK) != 0)
            let path = "\(folder)/\(dead.folderName)"
            #expect((access(path, F_OK) == 0) == (path == locked))
        }
        close(owner.output)
        for _ in 0..<200 where next.sweepAgain() { usleep(5000) }
        #expect(!next.isSweepDue)
        #expect(access(locked, F_OK) != 0)
    }
}

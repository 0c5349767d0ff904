import CodeBoxSandboxClient
import SandboxTestSupport
import CodeBoxCore
import CodeBoxSandbox
import Foundation
import Logging
import Testing

@Suite("The warden and its client", .serialized, .timeLimit(.minutes(2)))
struct WardenClientTests {
    @Test("a program's output, exit code and input pass through")
    func passesThrough() async throws {
        try await Support.withWarden { client in
            var program = Support.bash("cat; echo oops >&2; exit 7")
            program.stdin = Array("in".utf8)
            let spec = SandboxSpec(image: try Support.digest("bash"), limits: .standard)
            let report = try await client.run(program, in: spec, onOutput: nil)
            #expect(report.outcome == .exited)
            #expect(report.exitCode == 7)
            #expect(report.stdout.text == "in")
            #expect(report.stderr.text == "oops\n")
            #expect(report.usage.wallUs > 0)
            #expect(report.usage.memoryPeakBytes > 0)
        }
    }

    @Test("files of any size and depth lie in the workspace")
    func files() async throws {
        try await Support.withWarden { client in
            let big = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            var program = Support.bash("cat a/b/c.txt; cksum big.bin; pwd")
            program.files = [
                JobFile(path: "a/b/c.txt", content: Array("deep\n".utf8)),
                JobFile(path: "big.bin", content: big), JobFile(path: "empty", content: []),
            ]
            let spec = SandboxSpec(image: try Support.digest("bash"), limits: .standard)
            let report = try await client.run(program, in: spec, onOutput: nil)
            #expect(report.stdout.text.hasPrefix("deep\n"))
            #expect(report.stdout.text.contains(" 3000000 big.bin"))
            #expect(report.stdout.text.hasSuffix("/workspace\n"))
        }
    }

    @Test("an input that nobody reads holds nothing up")
    func unreadInput() async throws {
        try await Support.withWarden { client in
            var program = Support.bash("exec 0<&-; echo done")
            program.stdin = [UInt8](repeating: 65, count: 5_000_000)
            let spec = SandboxSpec(image: try Support.digest("bash"), limits: .standard)
            let report = try await client.run(program, in: spec, onOutput: nil)
            #expect(report.stdout.text == "done\n")
        }
    }

    @Test("canceling the task kills the program and keeps what it wrote")
    func cancel() async throws {
        try await Support.withWarden { client in
            let spec = SandboxSpec(image: try Support.digest("bash"), limits: .standard)
            let (started, signal) = AsyncStream<Void>.makeStream()
            let task = Task {
                // A run that fails must end the waiting for its output too.
                defer { signal.finish() }
                return try await client.run(
                    Support.bash("trap '' TERM; echo up; while :; do :; done"), in: spec
                ) {
                    _, _ in signal.yield()
                }
            }
            for await _ in started { break }
            task.cancel()
            let report = try await task.value
            #expect(report.outcome == .canceled)
            #expect(report.stdout.text == "up\n")
        }
    }

    @Test("an image that lacks a mount point makes the sandbox fail by that step's name")
    func failsClosed() async throws {
        let images = FileManager.default.temporaryDirectory.appending(path: "codebox-\(UUID())")
        defer { try? FileManager.default.removeItem(at: images) }
        let steps = [
            ("dev", "building /dev"), ("proc", "mounting /proc"), ("tmp", "mounting a tmpfs"),
            ("workspace", "mounting a tmpfs"), ("", "exec of the runtime's command"),
        ]
        try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
        try await Support.withWarden(images: images.path) { client in
            for (count, (_, step)) in steps.enumerated() {
                // An image of its own: the kernel need not see changes under an overlay.
                let digest = String(repeating: "\(count)", count: 64)
                for folder in [""] + steps.prefix(count).map(\.0) {
                    try FileManager.default.createDirectory(
                        at: images.appending(path: "\(digest)/rootfs/\(folder)"),
                        withIntermediateDirectories: true)
                }
                let error = await #expect(throws: CodeBoxError.self) {
                    _ = try await client.run(
                        Support.bash("echo unreachable"),
                        in: SandboxSpec(image: digest, limits: .standard), onOutput: nil)
                }
                #expect(error?.code == .sandboxFailed)
                #expect(error?.message.contains(step) == true, "\(String(describing: error))")
            }
        }
    }

    @Test("an image that was removed, which a warden that has used it allows, is built anew")
    func replacedImage() async throws {
        let images = FileManager.default.temporaryDirectory.appending(path: "codebox-\(UUID())")
        defer { try? FileManager.default.removeItem(at: images) }
        let digest = String(repeating: "cd", count: 32)
        let root = images.appending(path: "\(digest)/rootfs")
        try await Support.withWarden(images: images.path) { client in
            // Only the first has all that a sandbox is mounted on.
            for (folders, step) in [
                (["dev", "proc", "tmp", "workspace"], "exec of the runtime's command"),
                (["dev", "proc", "tmp"], "mounting a tmpfs"), (["proc"], "building /dev"),
            ] {
                for folder in folders {
                    try FileManager.default.createDirectory(
                        at: root.appending(path: folder), withIntermediateDirectories: true)
                }
                for _ in 0..<2 {
                    let error = await #expect(throws: CodeBoxError.self) {
                        _ = try await client.run(
                            Support.bash("echo unreachable"),
                            in: SandboxSpec(image: digest, limits: .standard), onOutput: nil)
                    }
                    #expect(error?.message.contains(step) == true, "\(String(describing: error))")
                }
                try FileManager.default.removeItem(at: images.appending(path: digest))
            }
        }
    }

    @Test("an unknown image is an error that names the step")
    func unknownImage() async throws {
        try await Support.withWarden { client in
            let error = await #expect(throws: CodeBoxError.self) {
                let digest = String(repeating: "00", count: 32)
                _ = try await client.run(
                    Support.bash("true"), in: SandboxSpec(image: digest, limits: .standard),
                    onOutput: nil)
            }
            #expect(error?.message.contains("opening the image") == true)
            let malformed = await #expect(throws: CodeBoxError.self) {
                _ = try await client.run(
                    Support.bash("true"), in: SandboxSpec(image: "../../etc", limits: .standard),
                    onOutput: nil)
            }
            #expect(malformed?.code == .imageFailed)
        }
    }

    @Test("descriptors of client and warden, and the cgroups, stay as they were over 300 programs")
    func staysFlat() async throws {
        try await Support.withWarden { client in
            let spec = SandboxSpec(image: try Support.digest("bash"), limits: .standard)
            func run(_ count: Int) async throws {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<count {
                        group.addTask {
                            let report = try await client.run(
                                Support.bash("exit 0"), in: spec, onOutput: nil)
                            #expect(report.exitCode == 0)
                        }
                    }
                    try await group.waitForAll()
                }
            }
            try await run(10)
            let warden = try #require(
                Wardens.ofThisProcess().first { Wardens.descriptors(of: $0) > 0 })
            // The last sandbox's cgroup may be on its way out when its report is in; and some are
            // made ahead.
            try await Self.cgroupsAreAtRest(warden)
            let before = Wardens.descriptors(of: warden)
            for _ in 0..<15 { try await run(20) }
            try await Self.cgroupsAreAtRest(warden)
            let after = Wardens.descriptors(of: warden)
            #expect(after <= before, "descriptors: \(before), later \(after)")
        }
    }

    /// Within 5 s: there are those that are made ahead, those in use, and no other, and that for
    /// some time, since one in use may be on its way out while one to come is not there yet.
    @discardableResult
    private static func cgroupsAreAtRest(
        _ warden: pid_t, inUse: Int = 0
    ) async throws -> Set<String> {
        var (cgroups, before): (Set<String>, Set<String>) = ([], [])
        for _ in 0..<100 {
            (before, cgroups) = (cgroups, try Wardens.cgroups(of: warden))
            if cgroups.count == 4 + inUse, cgroups == before { return cgroups }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("no rest: \(cgroups.sorted())")
        return cgroups
    }

    @Test("a program gets a cgroup that was made ahead, nobody gets it again, and another is made")
    func cgroupsMadeAhead() async throws {
        try await Support.withWarden { client in
            let spec = SandboxSpec(image: try Support.digest("bash"), limits: .standard)
            _ = try await client.run(Support.bash("true"), in: spec, onOutput: nil)
            let warden = try #require(Wardens.ofThisProcess().last)
            var used: Set<String> = []
            for number in 1...6 {
                let ready = try await Self.cgroupsAreAtRest(warden)
                let (started, signal) = AsyncStream<Void>.makeStream()
                let run = Task {
                    defer { signal.finish() }
                    return try await client.run(
                        Support.bash("echo; sleep 60"), in: spec,
                        onOutput: { _, _ in signal.finish() })
                }
                for await _ in started {}
                #expect(try Wardens.cgroups(of: warden).isSuperset(of: ready))
                run.cancel()
                #expect(try await run.value.outcome == .canceled)
                used.formUnion(ready.subtracting(try await Self.cgroupsAreAtRest(warden)))
                #expect(used.count == number, "one that was ready was used, and is gone")
            }
        }
    }

    @Test("cgroups are made ahead again while programs run, not only once they have ended")
    func cgroupsMadeAheadMeanwhile() async throws {
        try await Support.withWarden { client in
            let spec = SandboxSpec(image: try Support.digest("bash"), limits: .standard)
            _ = try await client.run(Support.bash("true"), in: spec, onOutput: nil)
            let warden = try #require(Wardens.ofThisProcess().last)
            try await Self.cgroupsAreAtRest(warden)
            var runs: [Task<SandboxReport, any Error>] = []
            for number in 1...3 {
                let (started, signal) = AsyncStream<Void>.makeStream()
                runs.append(
                    Task {
                        defer { signal.finish() }
                        return try await client.run(
                            Support.bash("echo; sleep 60"), in: spec,
                            onOutput: { _, _ in signal.finish() })
                    })
                for await _ in started {}
                try await Self.cgroupsAreAtRest(warden, inUse: number)
            }
            for run in runs { run.cancel() }
            for run in runs { #expect(try await run.value.outcome == .canceled) }
            try await Self.cgroupsAreAtRest(warden)
        }
    }

    @Test("a program can open its standard streams by name, and can't make itself a lesser victim")
    func ownStreams() async throws {
        try await Support.withWarden { client in
            let spec = SandboxSpec(image: try Support.digest("bash"), limits: .standard)
            let script = """
                read -r line < /dev/stdin; echo "$line" > /dev/stdout; echo err > /dev/stderr
                echo 0 2>/dev/null > /proc/self/oom_score_adj; cat /proc/self/oom_score_adj
                """
            var program = Support.bash(script)
            program.stdin = Array("in\n".utf8)
            let report = try await client.run(program, in: spec, onOutput: nil)
            // Only with CAP_SYS_RESOURCE (24) can the warden set the least that a job may choose.
            let score = Wardens.holdsCapability(24) ? "1000" : "0"
            #expect(report.stdout.text == "in\n\(score)\n")
            #expect(report.stderr.text.hasPrefix("err\n"))
        }
    }

    @Test("no number that a client can send brings the warden down")
    func hugeLimits() async throws {
        try await Support.withWarden { client in
            var limits = Limits.standard
            limits.wallMs = .max
            limits.cpuMs = .max
            limits.cpus = 0.01
            let spec = SandboxSpec(image: try Support.digest("bash"), limits: limits)
            let error = await #expect(throws: CodeBoxError.self) {
                _ = try await client.run(Support.bash("echo up"), in: spec, onOutput: nil)
            }
            #expect(error?.message.contains("wall_ms") == true, "\(String(describing: error))")
            let next = SandboxSpec(image: try Support.digest("bash"), limits: .standard)
            let report = try await client.run(Support.bash("echo up"), in: next, onOutput: nil)
            #expect(report.stdout.text == "up\n")
        }
    }

    @Test("a program asked for after the shutdown is refused, and a second shutdown returns")
    func afterShutdown() async throws {
        let client = try await Support.withWarden { $0 }
        let spec = SandboxSpec(image: try Support.digest("bash"), limits: .standard)
        let error = await #expect(throws: CodeBoxError.self) {
            _ = try await client.run(Support.bash("true"), in: spec, onOutput: nil)
        }
        #expect(error?.code == .wardenUnavailable)
        await client.shutdown()
    }

    @Test("when PID 1 is killed from outside, that is CodeBox's failure, not the program's signal")
    func initKilled() async throws {
        try await Support.withWarden { client in
            let spec = SandboxSpec(image: try Support.digest("bash"), limits: .standard)
            let (started, signal) = AsyncStream<Void>.makeStream()
            let task = Task {
                defer { signal.finish() }
                return try await client.run(Support.bash("echo up; sleep 30; :"), in: spec) {
                    _, _ in
                    signal.yield()
                }
            }
            for await _ in started { break }
            let warden = try #require(Wardens.ofThisProcess().last)
            let pid = try #require(
                Wardens.processes { $0.hasPrefix("codebox-init") }
                    .first { Wardens.parent(of: $0) == warden })
            kill(pid, SIGKILL)
            let error = await #expect(throws: CodeBoxError.self) { _ = try await task.value }
            #expect(error?.code == .sandboxFailed)
            #expect(error?.message.contains("PID 1 was killed") == true)
        }
    }

    @Test("when the warden is killed, its programs fail with wardenUnavailable and none lives on")
    func wardenKilled() async throws {
        let pids = try await Support.withWarden { client in
            let spec = SandboxSpec(image: try Support.digest("bash"), limits: .standard)
            let (started, signal) = AsyncStream<Void>.makeStream()
            let marker = "sleep 4\(Int.random(in: 1000...9999))"
            let task = Task {
                defer { signal.finish() }
                return try await client.run(Support.bash("echo up; \(marker); :"), in: spec) {
                    _, _ in
                    signal.yield()
                }
            }
            for await _ in started { break }
            // Bash stays, its script in its command line; what execs has for a moment none.
            let pids = Wardens.processes { $0.contains(marker) }
            #expect(!pids.isEmpty)
            let warden = try #require(Wardens.ofThisProcess().last)
            kill(warden, SIGKILL)
            let error = await #expect(throws: CodeBoxError.self) { _ = try await task.value }
            #expect(error?.code == .wardenUnavailable)
            return pids
        }
        for pid in pids { try await Wardens.waitForEnd(of: pid) }
    }
}

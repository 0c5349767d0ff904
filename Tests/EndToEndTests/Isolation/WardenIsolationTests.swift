import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// What the one privileged process keeps, and what it lets all of its sandboxes have together.
    @Suite(.timeLimit(.minutes(1)))
    struct WardenIsolationTests {
        @Test(
            "the warden keeps the capabilities it needs, and has a filter and processes of its own")
        func wardenIsConfined() async throws {
            try await withServer { server in
                try await server.ready()
                let warden = try #require(server.part(.warden))
                #expect(warden.status("NoNewPrivs") == "1")
                #expect(warden.status("Seccomp") == "2")
                // CHOWN, DAC_OVERRIDE, KILL, SETGID, SETUID, SETPCAP, NET_ADMIN, SYS_CHROOT,
                // SYS_PTRACE, SYS_ADMIN, SYS_RESOURCE: no module, no raw I/O, no clock, no device.
                let kept = [0, 1, 5, 6, 7, 8, 12, 18, 19, 21, 24].reduce(0) { $0 | UInt64(1) << $1 }
                for set in ["CapPrm", "CapEff", "CapBnd"] {
                    let held = UInt64(warden.status(set) ?? "", radix: 16)
                    #expect(held.map { $0 & ~kept } == 0, "\(set): \(warden.status(set) ?? "")")
                }
                #expect(warden.status("NSpid")?.split(separator: "\t").last == "1")
                #expect(warden.namespace("mnt") != HostProcess.link(getpid(), "ns/mnt"))
                // Of what lives in there, nothing outlives it: the kernel sees to that.
                _ = try await server.api.run(JobBody(.python, "print(1)"))
                let inside = HostProcess.descendants(of: warden.pid)
                #expect(!inside.isEmpty)
                kill(warden.pid, SIGKILL)
                let left = await remaining(after: .seconds(5)) { () -> [HostProcess]? in
                    let now = Set(HostProcess.all()).intersection(inside)
                    return now.isEmpty ? nil : Array(now)
                }
                #expect(left == nil)
                try await server.ready()
            }
        }

        @Test("all sandboxes together take no more memory than the admin allows")
        func memoryTogether() async throws {
            let environment = [
                "CODEBOX_SANDBOXES_MEMORY_BYTES": "384MiB", "CODEBOX_SLOTS": "4",
            ]
            try await withServer(environment: environment) { server in
                try await server.ready()
                let source = "b = bytearray(110 << 20)\nimport time\ntime.sleep(2)\nprint(len(b))"
                let answers = try await withThrowingTaskGroup(of: JobAnswer.self) { group in
                    for _ in 0..<4 {
                        group.addTask { try await server.api.run(JobBody(.python, source)) }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                // Each is within its own limit of 128 MiB; four of them are above the sum.
                let whole = answers.filter { $0.exitCode == 0 }
                #expect(whole.count < 4, "\(answers)")
                #expect(answers.allSatisfy { $0.outcome != "lost" }, "\(answers)")
                let after = try await server.api.run(JobBody(.bash, "echo up"))
                #expect(after.stdout.text == "up\n")
            }
        }

        @Test("all sandboxes together have no more processes than the admin allows")
        func processesTogether() async throws {
            let environment = [
                "CODEBOX_SANDBOXES_PROCESSES": "128", "CODEBOX_SLOTS": "4",
            ]
            try await withServer(environment: environment) { server in
                try await server.ready()
                // 50 each are within the job's own limit; 200 are above what all may have.
                let script = "for i in $(seq 50); do sleep 2 & done 2>&1; wait; echo done"
                let answers = try await withThrowingTaskGroup(of: JobAnswer.self) { group in
                    for _ in 0..<4 {
                        group.addTask { try await server.api.run(JobBody(.bash, script)) }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                let refused = answers.filter { $0.stdout.text.contains("fork") }
                #expect(!refused.isEmpty, "\(answers)")
                let after = try await server.api.run(JobBody(.bash, "echo up"))
                #expect(after.stdout.text == "up\n")
            }
        }
    }
}

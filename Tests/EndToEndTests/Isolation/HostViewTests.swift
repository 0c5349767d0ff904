import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// What cannot be seen from inside a sandbox, looked at from the host.
    @Suite(.server)
    struct HostViewTests {
        /// <linux/fcntl.h>; Swift sees none of them.
        private static let getSeals: Int32 = 1034
        private static let allSeals: Int32 = 0x0001 | 0x0002 | 0x0004 | 0x0008

        /// A job that runs, and the sandbox's PID 1, in the job's pid namespace.
        private func withRunningJob(
            _ body: (_ job: HostProcess, _ initProcess: HostProcess) async throws -> Void
        ) async throws {
            let watch = SandboxWatch()
            let id = try await server.api.submit(
                JobBody(.python, "import time; time.sleep(40)").with { $0.files = [watch.file] }
            ).id
            let job = try #require(try await watch.appear().first)
            let initProcess = try #require(
                HostProcess.all().first {
                    $0.pidNamespace == job.pidNamespace
                        && $0.status("NSpid")?.hasSuffix("\t1") == true
                }, "no PID 1 in \(job.pidNamespace)")
            try await body(job, initProcess)
            _ = try await server.api.send("DELETE", "/v1/jobs/\(id)")
            #expect(try await server.api.finished(id).outcome == "canceled")
        }

        @Test("PID 1's program is a sealed memfd, and no file of the host's")
        func sealedProgram() async throws {
            try await withRunningJob { _, initProcess in
                let program = "/proc/\(initProcess.pid)/exe"
                let target = HostProcess.link(initProcess.pid, "exe")
                #expect(target.hasPrefix("/memfd:") && target.hasSuffix(" (deleted)"), "\(target)")
                let descriptor = open(program, O_RDONLY | O_CLOEXEC)
                try #require(descriptor >= 0, "\(program): \(String(cString: strerror(errno)))")
                defer { close(descriptor) }
                #expect(fcntl(descriptor, Self.getSeals) & Self.allSeals == Self.allSeals)
                // It is the program that lies beside `codebox`, on another file system.
                var memory = stat()
                var file = stat()
                try #require(fstat(descriptor, &memory) == 0)
                let onDisk = URL(fileURLWithPath: Installation.binary).deletingLastPathComponent()
                    .appendingPathComponent("codebox-init").path
                try #require(stat(onDisk, &file) == 0)
                #expect(memory.st_size == file.st_size)
                #expect(memory.st_dev != file.st_dev)
                #expect(memory.st_nlink == 0)
            }
        }

        /// Keys of each of this machine's users, by uid.
        private func keyCounts() -> [String: Int] {
            var counts: [String: Int] = [:]
            for line in (HostProcess.read("/proc/key-users") ?? "").split(separator: "\n") {
                let parts = line.split(separator: ":")
                guard parts.count == 2 else { continue }
                let fields = parts[1].split(separator: " ")
                counts[parts[0].trimmingCharacters(in: .whitespaces)] = fields.dropFirst().first
                    .flatMap { $0.split(separator: "/").first }.flatMap { Int($0) }
            }
            return counts
        }

        /// /proc/keys shows nobody another's keyrings, but /proc/key-users counts them.
        @Test(
            "each sandbox has a keyring of its own, made by it and gone with it",
            .enabled(if: Installation.isRoot, "else all sandboxes have one host user"))
        func keyring() async throws {
            var owners: [String] = []
            try await withRunningJob { first, _ in
                try await withRunningJob { second, _ in
                    for job in [first, second] {
                        // The job's process has joined it, whether it was forked or exec'ed.
                        let map = try #require(HostProcess.read("/proc/\(job.pid)/uid_map"))
                        let ids = map.split(separator: "\n").compactMap {
                            $0.split(separator: " ").dropFirst().first.map(String.init)
                        }
                        #expect(ids.count == 2, "\(map)")
                        let counts = keyCounts()
                        #expect(ids.map { counts[$0] ?? 0 }.reduce(0, +) == 1, "\(counts) \(ids)")
                        owners += ids
                    }
                }
            }
            #expect(Set(owners).count == 4)
            let left = await remaining(after: .seconds(20)) { () -> [String]? in
                let counts = keyCounts()
                let left = owners.filter { (counts[$0] ?? 0) > 0 }
                return left.isEmpty ? nil : left
            }
            #expect(left == nil, "their keyrings are still there")
        }
    }
}

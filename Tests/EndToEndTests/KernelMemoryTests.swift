import Foundation
import Testing

extension EndToEnd {
    /// Kernel memory that no cgroup counts: the job that takes too much of it is ended.
    @Suite(.server(environment: ["CODEBOX_KERNEL_MEMORY_BUDGET": "32MiB", "CODEBOX_SLOTS": "4"]))
    struct KernelMemoryTests {
        private static let budget = 32 << 20
        /// What other programs of the machine may take or give back meanwhile.
        private static let noise = 12 << 20

        struct Attack: CustomTestStringConvertible, Sendable {
            var testDescription: String
            var program: String
            var arguments: [String] = []
            var processes = 32
            /// More than a zygote has need a process that is exec'ed where the warden can't raise
            /// limits.
            var openFiles = 256
        }

        private static let attacks = [
            Attack(testDescription: "locks of a process", program: "kernel_memory_locks.py"),
            Attack(
                testDescription: "locks of open files", program: "kernel_memory_locks.py",
                arguments: ["ofd"]),
            Attack(
                testDescription: "accept queues", program: "kernel_memory_accept_queues.py"),
            Attack(testDescription: "TCP buffers", program: "kernel_memory_tcp_buffers.py"),
            Attack(
                testDescription: "timers", program: "kernel_memory_timers.py", processes: 200,
                openFiles: 4096),
            Attack(
                testDescription: "epoll items", program: "kernel_memory_epoll_items.py",
                openFiles: 4096),
        ]

        @Test(
            "the job that takes kernel memory beyond the budget is ended, and no other",
            arguments: attacks)
        func attack(_ attack: Attack) async throws {
            let api = try server.api
            let body = JobBody(.python, program(attack.program)).with {
                $0.args = attack.arguments
                $0.zygote = attack.openFiles > 256 ? "off" : nil
                $0.limits = JobBody.Limits(
                    wallMs: 40_000, cpuMs: 40_000, memoryBytes: 1 << 30,
                    processes: attack.processes, workspaceBytes: 16 << 20,
                    openFiles: attack.openFiles)
            }
            let neighbour = JobBody(.python, program("kernel_memory_neighbour.py")).limited {
                $0.wallMs = 40_000
                $0.cpuMs = 40_000
            }
            let before = try #require(HostKernelMemory.bytes())
            async let honest = api.run(neighbour)
            let peak = PeakKernelMemory()
            let job = try await peak.during { try await api.run(body) }
            let what = "\(job.outcome ?? "") \(job.stderr.text.suffix(300))"
            #expect(job.outcome == "kernel_memory_exceeded", "\(what)")
            #expect(job.signal == "SIGKILL")
            let late = try #require(try delay())
            #expect(late <= 200)
            // 200 ms at the fastest of these rates.
            let most = before + Self.budget + Self.noise + 200 << 20
            #expect(peak.bytes > before + Self.budget - Self.noise)
            #expect(peak.bytes < most, "\((peak.bytes - before) >> 20) MiB")
            let fine = try await honest
            #expect(fine.outcome == "exited")
            #expect(fine.stdout.text == "5000050000 done\n", "\(fine.stderr.text.suffix(300))")
            let left = await remaining(after: .seconds(15)) { () -> Int? in
                let grown = (HostKernelMemory.bytes() ?? .max) - before
                return grown > Self.noise ? grown : nil
            }
            #expect(left == nil, "\((left ?? 0) >> 20) MiB are still in use")
        }

        /// The most milliseconds between the last sample within the budget and the end of a job, as
        /// the warden measured them. The budget was passed within that time, so this holds on a
        /// busy machine as well, where the answer may come late.
        private func delay() throws -> Int? {
            let told = try server.log.matches(
                of: #/ended the job .*, (\d+) ms after the last sample/#)
            return told.compactMap { Int($0.1) }.max()
        }

        @Test("a job that keeps below the budget runs on")
        func below() async throws {
            let source = """
                import fcntl, struct, time
                files = [open(f"/tmp/{i}", "w") for i in range(200)]
                for at in range(200, 0, -2):
                    lock = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, at, 1, 0)
                    for file in files: fcntl.fcntl(file, fcntl.F_SETLK, lock)
                time.sleep(0.5)
                print(len(files))
                """
            let job = try await run(JobBody(.python, source).limited { $0.wallMs = 20_000 })
            #expect(job.outcome == "exited")
            #expect(job.stdout.text == "200\n")
        }
    }
}

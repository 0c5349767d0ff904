import CodeBoxCore
import CodeBoxWarden
import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// The kernel's resource limits: what a job begins with, and what it can set.
    @Suite(.server(environment: ["CODEBOX_SLOTS": "4"]))
    struct ResourceLimitTests {
        /// Whether a job is forked from a zygote or exec'ed.
        enum Start: String, CaseIterable, CustomTestStringConvertible {
            case forked, executed

            var testDescription: String { rawValue }

            /// A job can ask for a fresh interpreter.
            func apply(to body: inout JobBody) {
                if self == .executed { body.zygote = "off" }
            }
        }

        /// Soft and hard limit by name, as `/proc/self/limits` shows them.
        private func parse(_ text: String) throws -> [String: [String]] {
            var found: [String: [String]] = [:]
            for line in text.split(separator: "\n").dropFirst() {
                // "Max ", and the name in 25 columns in all.
                let name = line.dropFirst(4).prefix(21).trimmingCharacters(in: .whitespaces)
                found[name] = line.dropFirst(25).split(separator: " ").prefix(2).map(String.init)
            }
            return found
        }

        @Test("every resource limit is as the table says", arguments: Start.allCases)
        func table(_ start: Start) async throws {
            let body = JobBody(.python, "print(open('/proc/self/limits').read())").with {
                start.apply(to: &$0)
                $0.limits = JobBody.Limits(processes: 20, workspaceBytes: 8 << 20, openFiles: 99)
            }
            // The first job may come before the zygote is up.
            var job = try await run(body)
            for _ in 0..<20 where job.timings?.forked != (start == .forked) {
                try await Task.sleep(for: .milliseconds(100))
                job = try await run(body)
            }
            #expect(job.timings?.forked == (start == .forked))
            var limits = Limits.standard
            limits.processes = 20
            limits.workspaceBytes = 8 << 20
            limits.openFiles = 99
            let found = try parse(job.stdout.text)
            #expect(found.count == ResourceLimit.allCases.count)
            for resource in ResourceLimit.allCases {
                let row = resource.row
                // Where the warden can't raise a limit, the job has what the warden has.
                let most = row.isPromised || canRaise ? nil : hardLimit(resource)
                let amounts = resource.amounts(limits)
                let wanted = [amounts.soft, amounts.hard].map { amount in
                    [amount, most].compactMap(\.self).min().map(String.init) ?? "unlimited"
                }
                #expect(found[row.name] == wanted, "\(row.name)")
            }
        }

        /// Whether this process, and so the warden, has CAP_SYS_RESOURCE.
        private var canRaise: Bool {
            let held = HostProcess(pid: getpid())?.status("CapEff").flatMap {
                UInt64($0, radix: 16)
            }
            return (held ?? 0) & 1 << 24 != 0
        }

        /// The test's own, which the warden inherits; nil if there is none.
        private func hardLimit(_ resource: ResourceLimit) -> UInt64? {
            var limit = rlimit()
            guard getrlimit(__rlimit_resource_t(UInt32(resource.rawValue)), &limit) == 0,
                limit.rlim_max != .max
            else { return nil }
            return UInt64(limit.rlim_max)
        }

        @Test("a program sets limits on itself up to the hard ones", arguments: Start.allCases)
        func set(_ start: Start) async throws {
            let found = try await probe(program("limits_of_ones_own.py")) {
                start.apply(to: &$0)
            }
            let facts = try #require(found.object)
            #expect(facts.count == 14)
            for (what, answer) in facts {
                let refused = what.hasPrefix("refused")
                #expect(answer == (refused ? "ValueError" : .null), "\(what): \(answer.text)")
            }
        }

        @Test(
            "a stack without limit is bounded by the job's memory", arguments: Start.allCases,
            [[], ["exec"]])
        func stack(_ start: Start, _ arguments: [String]) async throws {
            let job = try await run(
                JobBody(.python, program("abuse_stack_without_limit.py")).with {
                    start.apply(to: &$0)
                    $0.args = arguments
                }.limited { $0.memoryBytes = 64 << 20 })
            #expect(job.outcome == "memory_exceeded", "\(job)")
        }

        @Test("addresses are random also where the stack has no limit")
        func addresses() async throws {
            let source = """
                ulimit -s unlimited && ulimit -s
                for i in 1 2 3 4; do grep -m 1 libc.so /proc/self/maps; done
                """
            let job = try await run(JobBody(.bash, source))
            let lines = job.stdout.text.split(separator: "\n").map(String.init)
            #expect(lines.first == "unlimited")
            #expect(Set(lines.dropFirst().map { $0.prefix { $0 != "-" } }).count >= 3, "\(lines)")
        }

        @Test("a job that uses up its timers leaves its neighbours and the host theirs")
        func pendingSignals() async throws {
            let api = try server.api
            let watch = SandboxWatch()
            let greedy = JobBody(.python, program("abuse_timers_and_queued_signals.py")).with {
                $0.files = [watch.file]
                $0.limits = JobBody.Limits(wallMs: 30_000, memoryBytes: 256 << 20)
            }
            // The program makes a file when it has all that it can get, and waits.
            let id = try await api.submit(greedy).id
            let process = try #require(try await watch.appear().first)
            let full = "/proc/\(process.pid)/root/workspace/full"
            for _ in 0..<1000 where access(full, F_OK) != 0 {
                try await Task.sleep(for: .milliseconds(10))
            }
            let counts = try String(contentsOfFile: full, encoding: .utf8)
            let taken = counts.split(separator: " ").compactMap { Int($0) }
            try #require(taken.count == 2, "\(counts)")
            #expect(taken.reduce(0, +) <= 1024)
            #expect(taken.reduce(0, +) > 1000)

            var timer: timer_t?
            #expect(timer_create(CLOCK_MONOTONIC, nil, &timer) == 0)
            if let timer { timer_delete(timer) }
            let neighbour = try await run(
                JobBody(.python, program("timers_of_ones_own.py")))
            #expect(neighbour.stdout.text == "1000\n", "\(neighbour.stderr.text)")
            _ = try await api.send("DELETE", "/v1/jobs/\(id)")
            #expect(await watch.gone() == nil)
        }

        @Test(
            "a program that crashes after it set its core limit leaves no core", arguments: [0, 1])
        func core(_ limit: Int) async throws {
            let source = """
                ulimit -c \(limit) && echo set; ulimit -c unlimited && echo raised
                bash -c 'cat /proc/self/limits' | while read -r line; do
                    [[ $line == "Max core"* ]] && echo $line
                done
                bash -c 'kill -SEGV $$'; echo $?; ls
                """
            let job = try await run(JobBody(.bash, source))
            #expect(
                job.stdout.text == "set\nraised\nMax core file size 1 1 bytes\n139\nmain.sh\n",
                "\(job.stderr.text)")
        }
    }
}

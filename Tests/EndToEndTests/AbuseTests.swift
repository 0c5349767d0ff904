import Foundation
import Testing

extension EndToEnd {
    /// Programs that mean harm: each ends as it should and in time, and the very next job is fine.
    @Suite(.server)
    struct AbuseTests {
        @Test("abuse ends as it should, and the next job is fine", arguments: Abuse.all)
        func abuse(_ abuse: Abuse) async throws {
            let watch = SandboxWatch()
            let memory = try server.part(.server)?.residentBytes ?? 0
            var body = JobBody(abuse.language, abuse.source).with {
                $0.files = [watch.file]
                $0.stdin = abuse.stdin
            }
            body.limits = abuse.limits
            let start = ContinuousClock.now
            let job = try await run(body)
            let elapsed = ContinuousClock.now - start
            #expect(
                abuse.outcomes.contains(job.outcome ?? ""),
                "\(job.outcome ?? "") \(job.stdout.text.prefix(500)) \(job.stderr.text.prefix(500))"
            )
            #expect(elapsed < abuse.within)
            if let expected = abuse.prints {
                #expect(job.stdout.text == expected, "\(job.stderr.text.prefix(1000))")
            }
            #expect(await watch.gone() == nil)

            let next = ContinuousClock.now
            let fine = try await run(JobBody(.bash, "echo fine"))
            #expect(fine.stdout.text == "fine\n")
            #expect(fine.outcome == "exited")
            #expect(ContinuousClock.now - next < .seconds(2))
            let grown = (try server.part(.server)?.residentBytes ?? 0) - memory
            #expect(grown < 96 << 20, "the server's memory grew by \(grown) bytes")
        }

        @Test("arguments beyond what Linux takes are refused before they reach a sandbox")
        func hugeArguments() async throws {
            let large = JobBody(.bash, "echo ${#1}").with {
                $0.args = [String(repeating: "a", count: 100_000)]
            }
            #expect(try await run(large).stdout.text == "100000\n")
            for args in [
                [String(repeating: "a", count: 3_000_000)], Array(repeating: "a", count: 100_000),
            ] {
                let answer = try await server.api.post(
                    "/v1/run", JobBody(.bash, "echo x").with { $0.args = args })
                #expect((400..<500).contains(answer.status))
                #expect(answer.text.contains("args"))
            }
        }

        @Test("ten abusers at once do not harm one another or a well-behaved job")
        func together() async throws {
            let api = try server.api
            let sources = [
                "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
                "x = []\nwhile True: x.append(b'x' * (1 << 20))",
                "import os\nwhile True: os.write(1, b'x' * 65536)",
                "while True: pass",
                "import os\nwhile True:\n    try: os.kill(-1, 9)\n    except OSError: pass",
            ]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<10 {
                    group.addTask {
                        let body = JobBody(.python, sources[index % sources.count]).limited {
                            $0.wallMs = 3000
                            $0.cpuMs = 1500
                            $0.memoryBytes = 64 << 20
                            $0.processes = 16
                        }
                        let job = try await api.run(body)
                        #expect(
                            ["wall_time_exceeded", "cpu_time_exceeded", "memory_exceeded"].contains(
                                job.outcome), "\(index): \(job.outcome ?? "")")
                    }
                }
                group.addTask {
                    let job = try await api.run(JobBody(.bash, "echo calm"))
                    #expect(job.stdout.text == "calm\n")
                }
                try await group.waitForAll()
            }
        }
    }
}

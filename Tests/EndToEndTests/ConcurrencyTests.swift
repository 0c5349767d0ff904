import Foundation
import Testing

extension EndToEnd {
    /// Many jobs at one time.
    @Suite(.server(environment: ["CODEBOX_SLOTS": "4"]))
    struct ConcurrencyTests {
        @Test("50 jobs at once all end right, each with its own output")
        func fifty() async throws {
            let api = try server.api
            let jobs = try await withThrowingTaskGroup(of: (Int, JobAnswer).self) { group in
                for index in 0..<50 {
                    group.addTask {
                        let language = Language.allCases[index % 3]
                        let source = language.choose(
                            python: "import sys; print('job', sys.argv[1])",
                            node: "console.log('job', process.argv[2])", bash: "echo job $1")
                        let job = try await api.submit(
                            JobBody(language, source).with { $0.args = ["\(index)"] })
                        return (index, try await api.finished(job.id, within: 50))
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(jobs.count == 50)
            for (index, job) in jobs {
                #expect(job.stdout.text == "job \(index)\n")
                #expect(job.outcome == "exited")
                #expect(job.attempt == 1)
            }
            #expect(Set(jobs.values.map(\.id)).count == 50)
        }

        @Test("50 quick runs at once all end right")
        func fiftyRuns() async throws {
            let api = try server.api
            let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for index in 0..<50 {
                    group.addTask {
                        let body = JobBody(.bash, "echo $1").with { $0.args = ["\(index)"] }
                        return (index, try await api.run(body).stdout.text)
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(answers.count == 50)
            for (index, text) in answers { #expect(text == "\(index)\n") }
        }

        @Test("large outputs of many jobs at once stay apart and whole")
        func largeOutputs() async throws {
            let api = try server.api
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<12 {
                    group.addTask {
                        let body = JobBody(
                            .python, "import sys; sys.stdout.write(sys.argv[1] * 900_000)"
                        )
                        .with { $0.args = [String(UnicodeScalar(UInt8(65 + index)))] }
                        let job = try await api.run(body)
                        #expect(job.stdout.bytes.count == 900_000)
                        #expect(job.stdout.bytes.allSatisfy { $0 == UInt8(65 + index) })
                    }
                }
                try await group.waitForAll()
            }
        }

        @Test("a busy neighbour does not stop a small job")
        func fairness() async throws {
            let api = try server.api
            let busy = try await api.submit(
                JobBody(.bash, "while :; do :; done").limited { $0.wallMs = 8000 })
            let start = ContinuousClock.now
            #expect(try await run(JobBody(.bash, "echo quick")).stdout.text == "quick\n")
            #expect(ContinuousClock.now - start < .seconds(4))
            _ = try await api.send("DELETE", "/v1/jobs/\(busy.id)")
            _ = try await api.finished(busy.id)
        }
    }

    /// A server with little room.
    @Suite(.server(environment: ["CODEBOX_SLOTS": "1", "CODEBOX_MAX_QUEUED": "3"]))
    struct BackPressureTests {
        @Test("a full queue answers 429 with Retry-After, and takes jobs again when there is room")
        func fullQueue() async throws {
            let api = try server.api
            let blocker = SandboxWatch()
            let first = try await api.submit(
                JobBody(.bash, "sleep 3600").with { $0.args = [blocker.mark] }
            ).id
            _ = try await blocker.appear()
            var accepted: [String] = []
            var refusal: APIClient.Answer?
            for _ in 0..<10 where refusal == nil {
                let answer = try await api.post("/v1/jobs", JobBody(.bash, "echo ran"))
                if answer.status == 202 {
                    accepted.append(try answer.job().id)
                } else {
                    refusal = answer
                }
            }
            #expect(accepted.count == 3)
            let answer = try #require(refusal)
            #expect(answer.status == 429)
            #expect(answer.isProblem)
            #expect((Int(answer.headers["retry-after"] ?? "") ?? 0) >= 1)
            _ = try await api.send("DELETE", "/v1/jobs/\(first)")
            for id in accepted { #expect(try await api.finished(id).stdout.text == "ran\n") }
            _ = try await api.submit(JobBody(.bash, "true"))
        }
    }
}

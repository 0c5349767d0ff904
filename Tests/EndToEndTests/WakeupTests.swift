import Foundation
import Testing

extension EndToEnd {
    /// What is under way when a zygote of Node's forks is neither lost nor done twice.
    @Suite(.server(environment: ["CODEBOX_ZYGOTES": "on", "CODEBOX_SLOTS": "2"]))
    struct WakeupTests {
        /// Runs the job in a forked interpreter.
        func runForked(_ job: JobBody) async throws -> JobAnswer {
            var answer = try await run(job)
            _ = try await remaining(after: .seconds(20)) { () -> JobAnswer? in
                if answer.timings?.forked == true { return nil }
                answer = try await run(job)
                return answer
            }
            try #require(answer.timings?.forked == true, "\(answer)")
            return answer
        }

        /// The least of a few runs: the machine has other things to do, a lost wake-up never comes.
        func leastDelay(of wakeup: Wakeup, keeper: String) async throws -> Double {
            var least = Double.infinity
            for _ in 0..<10 where least >= 10 {
                let job = try await runForked(wakeup.job(keeper: keeper))
                let delay = try #require(
                    Double(job.stdout.text),
                    "\(job.outcome ?? "") \(job.stdout.text)\(job.stderr.text)")
                least = min(least, delay)
            }
            return least
        }

        @Test("the first wake-up of each kind arrives within 10 ms", arguments: Wakeup.all)
        func arrives(_ wakeup: Wakeup) async throws {
            for keeper in Wakeup.keepers {
                let delay = try await leastDelay(of: wakeup, keeper: keeper)
                #expect(delay < 10, "with \(keeper)")
            }
        }

        @Test(
            "a promise of V8's ends a program that waits for something else",
            arguments: Wakeup.keepers + ["await new Promise(() => {});"])
        func ends(_ keeper: String) async throws {
            let compile = "WebAssembly.compile(Buffer.from('0061736d01000000', 'hex'))"
            let source = "\(compile).then(() => process.exit(7)); \(keeper)"
            let job = try await runForked(JobBody(.node, source).limited { $0.wallMs = 1500 })
            #expect(job.exitCode == 7, "\(job.outcome ?? "")")
        }

        struct Milestones: Decodable {
            var nodeStart: Double
            var v8Start: Double
            var environment: Double
            var bootstrapComplete: Double
            var loopStart: Double
            var now: Double
            var uptime: Double
            /// Milliseconds since 1970.
            var timeOrigin: Double
        }

        @Test("the milestones of performance.nodeTiming are in order, and the job's own")
        func milestones() async throws {
            let source = """
                setImmediate(() => {
                    const now = performance.now(), uptime = process.uptime() * 1000;
                    const { timeOrigin, nodeTiming } = performance;
                    console.log(JSON.stringify({ ...nodeTiming.toJSON(), now, uptime, timeOrigin }));
                });
                """
            _ = try await runForked(JobBody(.node, ""))
            let before = Date().timeIntervalSince1970 * 1000
            let job = try await runForked(JobBody(.node, source))
            let times = try JSONDecoder().decode(Milestones.self, from: Data(job.stdout.bytes))
            #expect(times.nodeStart > 0)
            #expect(times.nodeStart < times.v8Start)
            #expect(times.v8Start < times.environment)
            #expect(times.environment < times.bootstrapComplete)
            #expect(times.bootstrapComplete < times.loopStart)
            #expect(times.loopStart <= times.now)
            #expect(abs(times.uptime - times.now) < 100)
            // Its clock begins when the program comes, however long the zygote has been there.
            #expect(times.timeOrigin > before)
            #expect(times.timeOrigin + times.now < Date().timeIntervalSince1970 * 1000 + 1)
        }
    }
}

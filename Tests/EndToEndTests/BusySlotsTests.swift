import Foundation
import Testing

extension EndToEnd {
    /// The service, while jobs burn all that the machine has.
    @Suite(.server(environment: ["CODEBOX_SLOTS": "5"]))
    struct BusySlotsTests {
        /// Far more processes than cores.
        private static let burner = JobBody(
            .python,
            """
            import os
            for _ in range(15):
                if os.fork() == 0: break
            while True: pass
            """
        ).with { $0.limits = JobBody.Limits(wallMs: 30_000, cpuMs: 60_000, processes: 32) }

        private func milliseconds(_ body: () async throws -> Void) async throws -> Double {
            let clock = ContinuousClock()
            return try await clock.measure(body) / .milliseconds(1)
        }

        @Test("all sandboxes together have the weight of the settings")
        func weight() async throws {
            try await server.ready()
            let warden = try #require(try server.part(.warden))
            let folders = try HostState.now(of: server.scratch).cgroups.filter {
                $0.split(separator: "/").last?.hasPrefix("codebox-\(warden.pid)-") == true
            }
            func values(_ name: String) -> [String] {
                folders.compactMap { HostProcess.read("\($0)/\(name)") }
            }
            let found = values("cpu.weight") + values("cpu.shares")
            #expect(found == ["100\n"] || found == ["1024\n"], "\(folders.sorted())")
        }

        @Test("while all slots but one burn, the service answers and a small job runs at once")
        func answers() async throws {
            let api = try server.api
            var jobs: [String] = []
            for _ in 0..<4 { jobs.append(try await api.submit(Self.burner).id) }
            for job in jobs { try await api.running(job) }
            try await Task.sleep(for: .seconds(1))
            var health: [Double] = []
            var runs: [Double] = []
            for _ in 0..<20 {
                health.append(
                    try await milliseconds {
                        let answer = try await api.send("GET", "/healthz")
                        #expect(answer.status == 200)
                    })
                runs.append(
                    try await milliseconds {
                        let job = try await api.run(JobBody(.bash, "echo $((6 * 7))"))
                        #expect(job.stdout.text == "42\n")
                    })
            }
            for job in jobs { _ = try await api.send("DELETE", "/v1/jobs/\(job)") }
            health.sort()
            runs.sort()
            #expect(health[10] < 50, "median of /healthz, ms: \(health)")
            #expect(health[19] < 500, "slowest /healthz, ms: \(health)")
            #expect(runs[10] < 1000, "median of a bash run, ms: \(runs)")
            #expect(runs[19] < 4000, "slowest bash run, ms: \(runs)")
        }
    }
}

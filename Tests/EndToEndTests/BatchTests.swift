import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// `POST /v1/batch`.
    @Suite(.server(environment: ["CODEBOX_SLOTS": "4"]))
    struct BatchTests {
        @Test("a thousand programs of three languages all end, each line with its own output")
        func thousand() async throws {
            let jobs = (0..<1000).map { index in
                let language: Language = index % 50 == 0 ? .node : index % 5 == 0 ? .python : .bash
                let source = language.choose(
                    python: "import sys; print('job', sys.argv[1])",
                    node: "console.log('job', process.argv[2])", bash: "echo job $1")
                return JobBody(language, source).with { $0.args = ["\(index)"] }
            }
            var stream = try await BatchStream(jobs, on: try server.api, timeout: .seconds(110))
            #expect(stream.status == 200)
            let lines = try await stream.all()
            #expect(lines.count == 1001)
            #expect(lines.last?.done == true)
            #expect(lines.last?.finished == 1000)
            #expect(lines.last?.failed == 0)
            #expect(Set(lines.compactMap(\.index)).count == 1000)
            for line in lines.dropLast() {
                #expect(line.job?.stdout.text == "job \(line.index ?? -1)\n")
                #expect(line.job?.outcome == "exited")
                #expect(line.job?.state == "finished")
            }
            #expect(Set(lines.compactMap(\.job?.id)).count == 1000)
        }

        @Test("results come while other programs of the batch still run")
        func streams() async throws {
            var stream = try await BatchStream(
                [JobBody(.bash, "sleep 3"), JobBody(.bash, "echo quick")], on: try server.api)
            let clock = ContinuousClock()
            let start = clock.now
            let first = try await stream.next()
            #expect(first?.index == 1)
            #expect(first?.job?.stdout.text == "quick\n")
            #expect(clock.now - start < .seconds(2))
            #expect(try await stream.next()?.index == 0)
            #expect(try await stream.next()?.done == true)
            #expect(try await stream.next() == nil)
        }

        @Test("limits, failures and faults are each job's own")
        func mixed() async throws {
            var stream = try await BatchStream(
                body: """
                    {"defaults": {"runtime": "bash", "env": {"A": "1", "B": "2"}, "stdin": "in\\n",
                                  "limits": {"wall_ms": 2000}},
                     "jobs": [
                       {"source": "read x; echo $x $A $B", "env": {"B": "3"}},
                       {"source": "sleep 60", "limits": {"wall_ms": 100}},
                       {"source": "exit 3"},
                       {"runtime": "cobol", "source": "x"},
                       {"source": "x", "limits": {"wall_ms": -1}},
                       {"sourc": "x"}
                     ]}
                    """, on: try server.api)
            let lines = try await stream.all()
            func line(_ index: Int) -> BatchLine? { lines.first { $0.index == index } }
            #expect(line(0)?.job?.stdout.text == "in 1 3\n")
            #expect(line(1)?.job?.outcome == "wall_time_exceeded")
            #expect(line(2)?.job?.exitCode == 3)
            #expect(line(3)?.problem?.code == "unknown_runtime")
            #expect(line(4)?.problem?.field == "limits.wall_ms")
            #expect(line(5)?.problem?.field == "sourc")
            #expect(lines.last?.finished == 3)
            #expect(lines.last?.failed == 3)
        }

        @Test("a run of its own is not kept waiting by a batch that fills every slot")
        func fair() async throws {
            let api = try server.api
            let clock = ContinuousClock()
            var stream = try await BatchStream(
                (0..<80).map { _ in JobBody(.bash, "sleep 0.2") }, on: api)
            _ = try await stream.next()
            let start = clock.now
            for _ in 0..<3 { #expect(try await api.run(JobBody(.bash, "true")).exitCode == 0) }
            // In line behind each batch program of the moment it would be far more.
            #expect(clock.now - start < .seconds(2))
            #expect(try await stream.all().last?.finished == 80)
        }

        @Test("a client that hangs up has what runs killed, and the rest never begins")
        func hangsUp() async throws {
            let watch = SandboxWatch()
            let api = try server.api
            let jobs = (0..<100).map { _ in
                JobBody(.bash, "echo up; sleep 3600").with { $0.files = [watch.file] }
            }
            let call = Task {
                var stream = try await BatchStream(jobs, on: api)
                return try await stream.all().count
            }
            _ = try await watch.appear(4)
            call.cancel()
            _ = await call.result
            #expect(await watch.gone() == nil)
            // Every slot is free again.
            let after = try await api.run(JobBody(.bash, "echo free"))
            #expect(after.stdout.text == "free\n")
        }

        @Test("a reader that takes its time gets every result, whole")
        func slowReader() async throws {
            let jobs = (0..<40).map { index in
                JobBody(.bash, "head -c 500000 /dev/zero | tr '\\0' x; echo $1").with {
                    $0.args = ["\(index)"]
                }
            }
            var stream = try await BatchStream(jobs, on: try server.api)
            var seen: Set<Int> = []
            while let line = try await stream.next() {
                guard let index = line.index else {
                    #expect(line.done == true)
                    continue
                }
                let output = try #require(line.job?.stdout)
                #expect(output.bytes.count == 500_001 + "\(index)".utf8.count)
                #expect(output.text.hasSuffix("x\(index)\n"))
                seen.insert(index)
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(seen.count == 40)
        }

        @Test("what is no batch is refused as a whole, with its field")
        func refused() async throws {
            let api = try server.api
            for (body, status) in [
                ("{\"jobs\": []}", 422), ("{}", 422), ("{\"jobs\": [{]}", 400),
            ] {
                let answer = try await api.send("POST", "/v1/batch", body: Array(body.utf8))
                #expect(answer.status == status)
                #expect(answer.isProblem)
            }
        }

        @Test("metrics count what ran")
        func metrics() async throws {
            let api = try server.api
            var stream = try await BatchStream([JobBody(.bash, "true")], on: api)
            _ = try await stream.all()
            let text = try await api.expect(200, from: api.get("/metrics")).text
            #expect(text.contains("codebox_runs_total{kind=\"batch\",outcome=\"exited\"}"))
            #expect(text.contains("codebox_slots 4\n"))
            #expect(text.contains("codebox_warden_up 1\n"))
            #expect(text.contains("codebox_run_seconds_bucket{phase=\"startup\",le=\"+Inf\"}"))
        }
    }

    /// A server that has to stop amid a batch.
    struct BatchShutdownTests {
        @Test("on shutdown the batch's answer ends as it should, naming what was not run")
        func shutdown() async throws {
            try await withServer(
                environment: ["CODEBOX_SLOTS": "2", "CODEBOX_SHUTDOWN_GRACE_SECONDS": "5"]
            ) { server in
                var stream = try await BatchStream(
                    (0..<40).map { _ in JobBody(.bash, "sleep 0.3") }, on: server.api)
                _ = try await stream.next()
                server.process.send(SIGTERM)
                let lines = try await stream.all()
                #expect(lines.last?.done == true)
                #expect((lines.last?.failed ?? 0) > 0)
                #expect(lines.compactMap(\.problem?.code).allSatisfy { $0 == "shutting_down" })
                #expect(await server.process.wait(within: .seconds(20)) == .code(0))
            }
        }
    }
}

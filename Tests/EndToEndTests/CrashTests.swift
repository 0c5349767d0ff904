import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// Every process of CodeBox is killed in turn while jobs run: none is lost unseen, nothing is
    /// left behind.
    @Suite
    struct CrashTests {
        /// Prints its mark so that a second run can be told from a doubled output.
        static func slow(_ watch: SandboxWatch, seconds: Double = 2) -> JobBody {
            JobBody(.bash, "echo begun; sleep \(seconds); echo done").with {
                $0.files = [watch.file]
            }
        }

        @Test("kill -9 of the server: the job is run once more, and its first run is gone at once")
        func serverKilled() async throws {
            try await withServer { server in
                let watch = SandboxWatch()
                let id = try await server.api.submit(Self.slow(watch)).id
                let first = try await watch.appear()
                try await server.murder(.server)
                let orphans = await remaining(after: .seconds(3)) { () -> [pid_t]? in
                    let alive = watch.processes.map(\.pid).filter { first.map(\.pid).contains($0) }
                    return alive.isEmpty ? nil : alive
                }
                #expect(orphans == nil)
                try await server.ready()
                let job = try await server.api.finished(id)
                #expect(job.outcome == "exited")
                #expect(job.stdout.text == "begun\ndone\n")
                #expect(job.attempt == 2)
            }
        }

        @Test(
            "kill -9 of the server: a job that may run at most once ends as lost",
            arguments: [CodeBoxServer.Part.server, .warden])
        func atMostOnce(_ part: CodeBoxServer.Part) async throws {
            try await withServer { server in
                let watch = SandboxWatch()
                let body = Self.slow(watch).with { $0.atMostOnce = true }
                let id = try await server.api.submit(body).id
                _ = try await watch.appear()
                try await server.murder(part)
                try await server.ready()
                let job = try await server.api.finished(id)
                #expect(job.outcome == "lost")
                #expect(job.attempt == 1)
                #expect(job.error?.isEmpty == false)
                #expect(await watch.gone() == nil)
            }
        }

        @Test("a job that was interrupted twice ends as lost")
        func interruptedTwice() async throws {
            try await withServer { server in
                let watch = SandboxWatch()
                let id = try await server.api.submit(Self.slow(watch, seconds: 30)).id
                for _ in 0..<2 {
                    let victims = try await watch.appear().map(\.pid)
                    try await server.murder(.server)
                    try await server.ready()
                    let last = await remaining(after: .seconds(3)) {
                        watch.processes.contains { victims.contains($0.pid) } ? true : nil
                    }
                    #expect(last == nil)
                }
                let job = try await server.api.finished(id)
                #expect(job.outcome == "lost")
                #expect(job.attempt == 2)
            }
        }

        @Test("kill -9 of the warden: it is told, another is started, and jobs recover")
        func wardenKilled() async throws {
            try await withServer { server in
                let watch = SandboxWatch()
                let id = try await server.api.submit(Self.slow(watch)).id
                let first = try await watch.appear().map(\.pid)
                try await server.murder(.warden)
                let orphans = await remaining(after: .seconds(3)) {
                    watch.processes.contains { first.contains($0.pid) } ? true : nil
                }
                #expect(orphans == nil)
                try await server.ready()
                let job = try await server.api.finished(id)
                #expect(job.outcome == "exited")
                #expect(job.stdout.text == "begun\ndone\n")
                #expect(job.attempt == 2)
                #expect(try await server.api.run(JobBody(.bash, "echo on")).stdout.text == "on\n")
            }
        }

        @Test("kill -9 of the warden while the server finishes its jobs: its cgroups are removed")
        func wardenKilledWhileDraining() async throws {
            try await withServer { server in
                let watch = SandboxWatch()
                _ = try await server.api.submit(Self.slow(watch)).id
                _ = try await watch.appear()
                let warden = try #require(server.part(.warden))
                server.process.send(SIGTERM)
                kill(warden.pid, SIGKILL)
                #expect(await server.process.wait(within: .seconds(20)) == .code(0))
                server.closeClient()
                #expect(await watch.gone() == nil)
            }
        }

        @Test("while there is no warden, readiness says so and quick jobs are refused, not hung")
        func wardenStopped() async throws {
            try await withServer { server in
                // Killed again and again, so that the restarts pause and the gap can be seen.
                var told: APIClient.Answer?
                let end = ContinuousClock.now + .seconds(20)
                while told == nil, ContinuousClock.now < end {
                    if let warden = server.part(.warden) { kill(warden.pid, SIGKILL) }
                    let answer = try await server.api.get("/readyz")
                    if answer.status == 503 { told = answer }
                }
                let answer = try #require(told, "readiness never told of the warden's absence")
                #expect(answer.isProblem)
                #expect(answer.text.contains("warden"))
                #expect(try await server.api.get("/healthz").status == 200)
                let quick = try await server.api.post("/v1/run", JobBody(.bash, "echo x"))
                #expect(quick.status == 503 || quick.status == 200)
                try await server.ready()
                #expect(try await server.api.run(JobBody(.bash, "echo on")).stdout.text == "on\n")
            }
        }

        @Test("a warden that hangs is killed and replaced, and nobody who asked waits for ever")
        func wardenHangs() async throws {
            try await withServer { server in
                _ = try await server.api.run(JobBody(.bash, "echo up"))
                // Its first sign of life came when it began.
                let victim = try #require(server.part(.warden))
                let watch = SandboxWatch()
                let id = try await server.api.submit(Self.slow(watch)).id
                _ = try await watch.appear()
                kill(victim.pid, SIGSTOP)
                let begun = ContinuousClock.now
                let answer = try await server.api.post("/v1/run", JobBody(.bash, "echo x"))
                // It may have had its sandbox before, or find the successor's.
                #expect([200, 503].contains(answer.status))
                #expect(ContinuousClock.now - begun < .seconds(30))
                let alive = await remaining(after: .seconds(30)) {
                    HostProcess.state(victim.pid).map { _ in "the hanging warden lives" }
                }
                #expect(alive == nil)
                try await server.ready()
                #expect(try await server.api.finished(id).outcome == "exited")
                #expect(server.log.contains("no sign of life"))
                #expect(try await server.api.run(JobBody(.bash, "echo on")).stdout.text == "on\n")
            }
        }

        @Test("kill -9 of the warden: a quick job under way is answered with an error")
        func quickJobInterrupted() async throws {
            try await withServer { server in
                let watch = SandboxWatch()
                async let answer = server.api.post("/v1/run", Self.slow(watch, seconds: 30))
                _ = try await watch.appear()
                try await server.murder(.warden)
                let refusal = try await answer
                #expect(refusal.status == 503)
                #expect(refusal.isProblem)
                #expect(refusal.text.contains("warden"))
                #expect(await watch.gone() == nil)
            }
        }

        @Test(
            "kill -9 of the supervisor: everything is gone, and the next start runs the job again")
        func supervisorKilled() async throws {
            let scratch = try Scratch()
            let watch = SandboxWatch()
            let before = HostState.now(of: scratch)
            let first = try await CodeBoxServer(scratch: scratch)
            try await first.ready()
            let id = try await first.api.submit(Self.slow(watch)).id
            _ = try await watch.appear()
            await first.kill9()
            #expect(await watch.gone() == nil)
            let alive = await remaining(after: .seconds(5)) { () -> [HostProcess]? in
                let processes = HostProcess.all().filter {
                    $0.arguments.joined(separator: " ").contains(scratch.path)
                }
                return processes.isEmpty ? nil : processes
            }
            #expect(alive == nil)
            let grown = await remaining(after: .seconds(5)) {
                HostState.now(of: scratch).grown(since: before)
            }
            #expect(grown == nil)

            try await withServer(scratch: scratch) { server in
                let job = try await server.api.finished(id)
                #expect(job.outcome == "exited")
                #expect(job.stdout.text == "begun\ndone\n")
                #expect(job.attempt == 2)
            }
        }

        @Test(
            "kill -9 of all three at one moment leaves nothing that the next start does not clear")
        func allKilled() async throws {
            let scratch = try Scratch()
            let watch = SandboxWatch()
            let before = HostState.now(of: scratch)
            let first = try await CodeBoxServer(scratch: scratch)
            try await first.ready()
            let id = try await first.api.submit(Self.slow(watch)).id
            _ = try await watch.appear()
            let victims =
                [first.process.pid]
                + [first.part(.server), first.part(.warden)].compactMap(\.?.pid)
            for victim in victims { kill(victim, SIGKILL) }
            await first.kill9()
            #expect(await watch.gone() == nil)

            try await withServer(scratch: scratch) { server in
                let job = try await server.api.finished(id)
                #expect(job.outcome == "exited")
                #expect(job.attempt == 2)
            }
            let grown = await remaining(after: .seconds(5)) {
                HostState.now(of: scratch).grown(since: before)
            }
            #expect(grown == nil)
        }

        @Test("what was accepted survives: finished jobs with their results, queued jobs to be run")
        func durable() async throws {
            let scratch = try Scratch()
            let environment = ["CODEBOX_SLOTS": "1"]
            let first = try await CodeBoxServer(scratch: scratch, environment: environment)
            try await first.ready()
            let finished = try await first.api.submit(
                JobBody(.python, "import sys; sys.stdout.buffer.write(bytes([255, 1]))").with {
                    $0.labels = ["kept": "yes"]
                }
            ).id
            _ = try await first.api.finished(finished)
            let blocker = try await first.api.submit(JobBody(.bash, "sleep 30")).id
            var queued: [String] = []
            for index in 0..<20 {
                queued.append(try await first.api.submit(JobBody(.bash, "echo \(index)")).id)
            }
            try await first.api.running(blocker)
            await first.kill9()

            try await withServer(scratch: scratch, environment: environment) { server in
                let kept = try await server.api.get("/v1/jobs/\(finished)").job()
                #expect(kept.stdout.bytes == [255, 1])
                #expect(kept.labels == ["kept": "yes"])
                _ = try await server.api.send("DELETE", "/v1/jobs/\(blocker)")
                for (index, id) in queued.enumerated() {
                    let job = try await server.api.finished(id)
                    #expect(job.stdout.text == "\(index)\n")
                    #expect(job.attempt == 1)
                }
            }
        }

        @Test("SIGTERM lets running jobs end, takes no new ones, and leaves the queued for later")
        func drain() async throws {
            let scratch = try Scratch()
            let environment = ["CODEBOX_SLOTS": "1", "CODEBOX_SHUTDOWN_GRACE_SECONDS": "20"]
            let watch = SandboxWatch()
            let first = try await CodeBoxServer(scratch: scratch, environment: environment)
            try await first.ready()
            let running = try await first.api.submit(Self.slow(watch)).id
            _ = try await watch.appear()
            let queued = try await first.api.submit(JobBody(.bash, "echo later")).id
            first.process.send(SIGTERM)
            let refused = await remaining(after: .seconds(1)) { () -> Int? in
                let answer = try? await first.api.post("/v1/jobs", JobBody(.bash, "true"))
                return answer.map(\.status).flatMap { $0 < 400 ? $0 : nil }
            }
            #expect(refused == nil)
            #expect(await first.process.wait(within: .seconds(15)) == .code(0))
            first.closeClient()

            try await withServer(scratch: scratch, environment: environment) { server in
                let job = try await server.api.get("/v1/jobs/\(running)").job()
                #expect(job.state == "finished")
                #expect(job.stdout.text == "begun\ndone\n")
                #expect(job.attempt == 1)
                #expect(try await server.api.finished(queued).stdout.text == "later\n")
            }
        }

        @Test("a job that outlives the grace goes back to the queue and is run again")
        func beyondGrace() async throws {
            let scratch = try Scratch()
            let watch = SandboxWatch()
            let first = try await CodeBoxServer(
                scratch: scratch, environment: ["CODEBOX_SHUTDOWN_GRACE_SECONDS": "1"])
            try await first.ready()
            let id = try await first.api.submit(Self.slow(watch, seconds: 4)).id
            _ = try await watch.appear()
            first.process.send(SIGTERM)
            let start = ContinuousClock.now
            #expect(await first.process.wait(within: .seconds(15)) == .code(0))
            #expect(ContinuousClock.now - start < .seconds(4))
            first.closeClient()
            #expect(await watch.gone() == nil)

            try await withServer(scratch: scratch) { server in
                let job = try await server.api.finished(id)
                #expect(job.outcome == "exited")
                #expect(job.attempt == 2)
            }
        }

        @Test("under murder after murder every accepted job has an end")
        func murderous() async throws {
            try await withServer(environment: ["CODEBOX_SLOTS": "4"]) { server in
                var ids: [String] = []
                for index in 0..<24 {
                    ids.append(
                        try await server.api.submit(JobBody(.bash, "sleep 0.3; echo \(index)")).id)
                }
                for part in [CodeBoxServer.Part.server, .warden, .server] {
                    try await server.murder(part)
                    try await server.ready()
                }
                for (index, id) in ids.enumerated() {
                    let job = try await server.api.finished(id)
                    #expect(["exited", "lost"].contains(job.outcome))
                    #expect((1...2).contains(job.attempt))
                    if job.outcome == "exited" { #expect(job.stdout.text == "\(index)\n") }
                }
            }
        }
    }
}

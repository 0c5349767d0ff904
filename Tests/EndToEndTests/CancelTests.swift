import Foundation
import Testing

extension EndToEnd {
    /// A job that nobody wants any more.
    @Suite(.server(environment: ["CODEBOX_SLOTS": "1"]))
    struct CancelTests {
        @Test(
            "a running job is killed at once, with what it had printed",
            arguments: Language.allCases)
        func running(_ language: Language) async throws {
            let api = try server.api
            let watch = SandboxWatch()
            let id = try await api.submit(
                JobBody(language, language.sleeper).with { $0.files = [watch.file] }
            ).id
            _ = try await watch.appear()
            try await Task.sleep(for: .milliseconds(300))
            let start = ContinuousClock.now
            let answer = try await api.send("DELETE", "/v1/jobs/\(id)")
            #expect([200, 202].contains(answer.status))
            let job = try await api.finished(id)
            #expect(ContinuousClock.now - start < .seconds(2))
            #expect(job.outcome == "canceled")
            #expect(job.stdout.text == "up\n")
            #expect(await watch.gone() == nil)
        }

        @Test("a queued job never runs")
        func queued() async throws {
            let api = try server.api
            let blocker = SandboxWatch()
            let first = try await api.submit(
                JobBody(.bash, "sleep 3600").with { $0.args = [blocker.mark] }
            ).id
            _ = try await blocker.appear()
            let second = try await api.submit(JobBody(.bash, "echo ran")).id
            let answer = try await api.send("DELETE", "/v1/jobs/\(second)")
            #expect([200, 202].contains(answer.status))
            let canceled = try await api.finished(second)
            #expect(canceled.outcome == "canceled")
            #expect(canceled.attempt == 0)
            #expect(canceled.stdout.text == "")
            #expect(try await api.get("/v1/jobs/\(first)").job().state == "running")
            _ = try await api.send("DELETE", "/v1/jobs/\(first)")
            #expect(try await api.finished(first).outcome == "canceled")
        }

        @Test("those who wait for a canceled job are told")
        func waiters() async throws {
            let api = try server.api
            let id = try await api.submit(JobBody(.bash, "sleep 3600")).id
            try await api.running(id)
            async let waiting = api.finished(id)
            _ = try await api.send("DELETE", "/v1/jobs/\(id)")
            #expect(try await waiting.outcome == "canceled")
        }

        @Test("a job whose children ignore every signal is canceled all the same")
        func stubborn() async throws {
            let api = try server.api
            let watch = SandboxWatch()
            let source = """
                import os, signal, time
                for s in range(1, 65):
                    try: signal.signal(s, signal.SIG_IGN)
                    except (OSError, ValueError): pass
                for _ in range(5): os.fork()
                os.setsid() if os.getpid() != os.getpgid(0) else None
                time.sleep(3600)
                """
            let id = try await api.submit(JobBody(.python, source).with { $0.files = [watch.file] })
                .id
            _ = try await watch.appear(10)
            _ = try await api.send("DELETE", "/v1/jobs/\(id)")
            #expect(try await api.finished(id, within: 5).outcome == "canceled")
            #expect(await watch.gone() == nil)
        }

        @Test("a finished job can't be canceled, nor one that never was")
        func tooLate() async throws {
            let api = try server.api
            let id = try await api.submit(JobBody(.bash, "true")).id
            _ = try await api.finished(id)
            let late = try await api.send("DELETE", "/v1/jobs/\(id)")
            #expect(late.status == 409)
            #expect(late.isProblem)
            let unknown = try await api.send(
                "DELETE", "/v1/jobs/01900000-0000-7000-8000-000000000000")
            #expect(unknown.status == 404)
            #expect(unknown.isProblem)
        }
    }
}

import CodeBoxCore
import CodeBoxJobs
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import CodeBoxAPI

@Suite struct JobRoutesTests {
    private static let hello = #"{"runtime":"python","source":"print('hello')"}"#

    @Test("a posted job is accepted, with its place in Location")
    func submit() async throws {
        try await Harness.with { api in
            let answer = try await api.post("/v1/jobs", Self.hello)
            #expect(answer.status == 202)
            let id = try #require(answer.string("id"))
            #expect(answer.headers[.location] == "/v1/jobs/\(id)")
            #expect(answer.headers[.preferenceApplied] == nil)
            #expect(answer.string("state") == "queued")
            #expect(answer["outcome"] is Null && answer["stdout"] is Null)
            let shown = try await api.get("/v1/jobs/\(id)")
            #expect(shown.status == 200 && shown.body == answer.body)
            #expect(try await api.get("/v1/jobs/\(id.uppercased())").status == 200)
        }
    }

    @Test("Prefer: wait=N answers 200 with the finished job")
    func preferWait() async throws {
        try await Harness.with { api in
            let answer = try await api.post("/v1/jobs", Self.hello, headers: [.prefer: "wait=10"])
            #expect(answer.status == 200)
            #expect(answer.headers[.preferenceApplied] == "wait=10")
            #expect(answer.headers[.location] == "/v1/jobs/\(answer.string("id") ?? "")")
            #expect(answer.string("state") == "finished")
            #expect(answer.string("stdout") == "hello\n")
            #expect(api.service.seen.waits == [10])
        }
    }

    @Test("Prefer: wait=N answers 202 when the time is over first")
    func preferWaitOver() async throws {
        try await Harness.with { api in
            let answer = try await api.post("/v1/jobs", Self.hello, headers: [.prefer: "wait=0"])
            #expect(answer.status == 202)
            #expect(answer.headers[.preferenceApplied] == "wait=0")
        }
    }

    @Test(
        "preferences are read as RFC 7240 has them",
        arguments: [
            ("wait=5", 5), ("respond-async, wait=5", 5), (" Wait = \"7\" ; x=1", 7),
            ("wait=9999", 60),
            ("wait=99999999999999999999", 60), ("wait", nil), ("wait=", nil), ("wait=-1", nil),
            ("wait=1.5", nil), ("wait=x", nil), ("respond-async", nil), ("", nil), ("await=5", nil),
        ] as [(String, Int?)])
    func preferences(value: String, seconds: Int?) {
        #expect(Waiting.preferred([.prefer: value], maximum: 60) == seconds)
    }

    @Test("?wait=N holds the answer back, decimals allowed")
    func longPoll() async throws {
        try await Harness.with { api in
            let id = try #require(try await api.post("/v1/jobs", Self.hello).string("id"))
            #expect(try await api.get("/v1/jobs/\(id)?wait=0").string("state") == "queued")
            #expect(try await api.get("/v1/jobs/\(id)?wait=0.5").string("state") == "finished")
            #expect(api.service.seen.waits == [0, 0.5])
        }
    }

    @Test("running answers with the finished job and stores nothing")
    func run() async throws {
        try await Harness.with { api in
            let answer = try await api.post("/v1/run", Self.hello)
            #expect(answer.status == 200)
            #expect(answer.headers[.location] == nil)
            #expect(answer.string("outcome") == "exited")
            #expect(answer.integer("exit_code") == 0)
            #expect(answer.string("stdout") == "hello\n")
            #expect((answer["runtime"] as? [String: Any])?["version"] as? String == "3.13.5")
            #expect((answer["limits"] as? [String: Any])?["wall_ms"] as? Int == 10_000)
            #expect((answer["timings"] as? [String: Any])?["startup_us"] as? Int == 2)
            #expect(api.service.seen.jobs.isEmpty)
        }
    }

    @Test("every field of a request reaches the service as it was meant")
    func allFields() async throws {
        let body = #"""
            {"merge_output":true,"at_most_once":true,
            "labels":{"a":"1","b":""},"limits":{"wall_ms":1e3,"cpu_ms":2000,
            "memory_bytes":8388608,"cpus":0.5,"processes":3,"workspace_bytes":65536,"open_files":16,
            "output_bytes":0},"stdin":{"encoding":"base64","content":"AP8="},"env":{"A":"é","":"x"},
            "args":["","-x"],"entrypoint":"main.py","files":[{"encoding":"base64","content":"AAE=",
            "path":"d/x"},{"path":"y","content":"é\u0000","encoding":"utf-8"}],
            "source":"a\u0000\ud83d\ude00","runtime":"python:3.13"}
            """#.replacing(#","":"x""#, with: "")
        try await Harness.with { api in
            #expect(try await api.post("/v1/jobs", body).status == 202)
            let spec = try #require(api.service.seen.specs.first)
            #expect(
                spec
                    == JobSpec(
                        runtime: "python:3.13", source: "a\0😀",
                        files: [
                            JobFile(path: "d/x", content: [0, 1]),
                            JobFile(path: "y", content: Array("é\0".utf8)),
                        ],
                        entrypoint: "main.py", args: ["", "-x"], env: ["A": "é"], stdin: [0, 0xff],
                        limits: LimitsRequest([
                            .wallMs: 1000, .cpuMs: 2000, .memoryBytes: 8 * 0x1p20, .cpus: 0.5,
                            .processes: 3,
                            .workspaceBytes: 65536, .openFiles: 16, .outputBytes: 0,
                        ]),
                        labels: ["a": "1", "b": ""], atMostOnce: true, mergesOutput: true))
        }
    }

    @Test("a queued job is canceled at once (200), a running one is being ended (202)")
    func cancel() async throws {
        try await Harness.with { api in
            let id = try #require(try await api.post("/v1/jobs", Self.hello).string("id"))
            let canceled = try await api.send(.delete, "/v1/jobs/\(id)")
            #expect(canceled.status == 200 && canceled.string("outcome") == "canceled")
            let again = try await api.send(.delete, "/v1/jobs/\(id)")
            #expect(again.status == 409 && again.string("code") == "job_finished")

            let running = Job(
                id: JobID(), spec: JobSpec(runtime: "python", source: ""), state: .running,
                attempt: 1)
            api.service.keep(running)
            let ending = try await api.send(.delete, "/v1/jobs/\(running.id)")
            #expect(ending.status == 202 && ending["cancel_requested"] as? Bool == true)
        }
    }

    @Test(
        "jobs that are not there are 404",
        arguments: ["x", "01936f0e-5b1c-7c3a-9d2e-4f5a6b7c8d9e", "%2e%2e"])
    func missing(id: String) async throws {
        try await Harness.with { api in
            for answer in [
                try await api.get("/v1/jobs/\(id)"), try await api.get("/v1/jobs/\(id)?wait=1"),
                try await api.send(.delete, "/v1/jobs/\(id)"),
            ] {
                #expect(answer.status == 404 && answer.string("code") == "job_not_found")
            }
        }
    }

    @Test("a listing passes its filters on and pages by cursor, without outputs")
    func list() async throws {
        try await Harness.with { api in
            for _ in 0..<3 {
                _ = try await api.post("/v1/jobs", Self.hello, headers: [.prefer: "wait=1"])
            }
            let first = try await api.get("/v1/jobs?limit=2")
            let jobs = try #require(first["jobs"] as? [[String: Any]])
            #expect(
                jobs.count == 2 && jobs.allSatisfy { $0["stdout"] == nil && $0["outcome"] != nil })
            let cursor = try #require(first.string("next_cursor"))
            let query =
                "state=finished&runtime=python&label=a:b:c&label=x+y:%C3%A9&limit=200&cursor=\(cursor)"
            let last = try await api.get("/v1/jobs?\(query)")
            #expect(last["next_cursor"] is Null)
            #expect(
                api.service.seen.queries
                    == [
                        JobQuery(limit: 2),
                        JobQuery(
                            state: .finished, runtime: "python", labels: ["a": "b:c", "x y": "é"],
                            before: JobID(cursor), limit: 200),
                    ])
        }
    }

    @Test("HEAD answers as GET does, without a body")
    func head() async throws {
        try await Harness.with { api in
            for uri in [
                "/healthz", "/v1/runtimes", "/v1/jobs", "/openapi.json", "/v1/jobs/x", "/nothing",
            ] {
                let got = try await api.get(uri)
                let answer = try await api.send(.head, uri)
                #expect(answer.status == got.status)
                #expect(answer.body.isEmpty)
                #expect(answer.headers[.contentType] == got.headers[.contentType])
            }
        }
    }

    @Test("health, readiness, runtimes and the document answer")
    func service() async throws {
        try await Harness.with { api in
            #expect(try await api.get("/healthz").string("version") == "1.2.3")
            #expect(try await api.get("/readyz").string("status") == "ready")
            let runtimes = try #require(
                try await api.get("/v1/runtimes")["runtimes"] as? [[String: Any]])
            #expect(runtimes.first?["entrypoint"] as? String == "main.py")
            #expect((runtimes.first?["ceiling"] as? [String: Any])?["wall_ms"] as? Int == 60_000)
            #expect(try await api.get("/openapi.json").string("openapi") == "3.1.0")
        }
    }
}

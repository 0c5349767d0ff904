import CodeBoxCore
import Testing

@testable import CodeBoxAPI

/// Requests as clients of other services write them.
@Suite struct ForeignFieldTests {
    static let fields: [(String, String)] = [
        // Piston
        ("language", "`runtime`"), ("version", "`python:3.13`"),
        ("run_timeout", "`limits.wall_ms`, in milliseconds"),
        ("run_cpu_time", "`limits.cpu_ms`"),
        ("run_memory_limit", "`limits.memory_bytes`, in bytes"),
        ("compile_timeout", "not compiled"),
        // Judge0
        ("source_code", "`source`"), ("language_id", "`runtime`"),
        ("command_line_arguments", "`args`"), ("cpu_time_limit", "`limits.cpu_ms`"),
        ("wall_time_limit", "`limits.wall_ms`"), ("memory_limit", "`limits.memory_bytes`"),
        ("max_processes_and_or_threads", "`limits.processes`"),
        ("max_file_size", "`limits.workspace_bytes`"), ("stack_limit", "`limits.stack_bytes`"),
        ("enable_network", "no network"), ("expected_output", "compare `stdout`"),
        ("callback_url", "?wait="), ("number_of_runs", "/v1/batch"),
        // SandboxFusion, Dify, E2B, MCP tools
        ("code", "`source`"), ("memory_limit_MB", "`limits.memory_bytes`"),
        ("fetch_files", "stdout"), ("envVars", "`env`"), ("env_vars", "`env`"),
        ("metadata", "`labels`"), ("timeout", "`limits.wall_ms`"),
        ("timeout_ms", "`limits.wall_ms`"), ("preload", "sandbox of its own"),
        // go-judge
        ("cmd", "`source`"), ("cpuLimit", "`limits.cpu_ms`"), ("clockLimit", "`limits.wall_ms`"),
        ("memoryLimit", "`limits.memory_bytes`"), ("procLimit", "`limits.processes`"),
        ("copyIn", "`files`"), ("copyOut", "stdout"),
        // Guesses
        ("input", "`stdin`"), ("Code", "`source`"), ("wall_ms", "put it into `limits`"),
    ]

    @Test("another service's field is refused with the name of ours", arguments: fields)
    func job(field: String, part: String) async throws {
        try await Harness.with { api in
            let body = #"{"runtime":"python","source":"","\#(field)":1}"#
            for uri in ["/v1/run", "/v1/jobs"] {
                let answer = try await api.post(uri, body)
                #expect(answer.status == 422)
                #expect(answer.faultyFields == [field])
                #expect(answer.string("detail")?.hasPrefix("\(field): unknown field; ") == true)
                #expect(answer.string("detail")?.contains(part) == true)
            }
            #expect(api.service.seen.specs.isEmpty)
        }
    }

    @Test(
        "inside of limits, files and stdin the names are those of the place",
        arguments: [
            (#""limits":{"timeout":1}"#, "limits.timeout", "CodeBox calls it `wall_ms`"),
            (#""limits":{"memory_limit":1}"#, "limits.memory_limit", "it `memory_bytes`, in bytes"),
            (#""files":[{"path":"a","content":"","name":"a"}]"#, "files[0].name", "it `path`"),
            (#""files":[{"path":"a","content":"","data":"a"}]"#, "files[0].data", "it `content`"),
            (#""stdin":{"content":"","data":"a"}"#, "stdin.data", "it `content`"),
            (#""stdin":{"content":"","name":"a"}"#, "stdin.name", "expected one of"),
        ])
    func inside(member: String, field: String, part: String) async throws {
        try await Harness.with { api in
            let body = #"{"runtime":"python","source":"",\#(member)}"#
            let answer = try await api.post("/v1/run", body)
            #expect(answer.faultyFields == [field])
            #expect(answer.string("detail")?.contains(part) == true)
        }
    }

    @Test("a batch under another name, and a job where a batch belongs, are told so")
    func batch() async throws {
        try await Harness.with { api in
            let other = try await api.post("/v1/batch", #"{"submissions":[]}"#)
            #expect(other.status == 422)
            #expect(other.string("detail")?.contains("CodeBox calls it `jobs`") == true)
            let job = try await api.post("/v1/batch", #"{"jobs":[],"runtime":"python"}"#)
            #expect(job.string("detail")?.contains("into each of `jobs`") == true)
            let jobs = try await api.post("/v1/run", #"{"jobs":[]}"#)
            #expect(jobs.string("detail")?.contains("POST /v1/batch") == true)
        }
    }

    @Test("a whole request of another service is answered with all of our names")
    func whole() async throws {
        try await Harness.with { api in
            let answer = try await api.post(
                "/v1/run", #"{"language":"python","code":"print(1)","timeout":5}"#)
            #expect(answer.faultyFields == ["language", "code", "timeout", "runtime"])
            let detail = try #require(answer.string("detail"))
            for name in ["`runtime`", "`source`", "`limits.wall_ms`"] {
                #expect(detail.contains(name))
            }
        }
    }

    @Test("every field that the tables name exists, and no own field is called another's")
    func tables() {
        let own = Set(JobDecoder.Field.allCases.map(\.rawValue))
        let limits = Set(LimitField.allCases.map { "limits." + $0.rawValue })
        for row in ForeignFields.jobRows {
            if let field = row.field { #expect(own.union(limits).contains(field)) }
            for name in row.names { #expect(!own.contains(name)) }
        }
        for field in LimitField.allCases {
            #expect(LimitField.remedy(forUnknown: field.rawValue) == nil)
        }
    }

    @Test("base64 with line breaks is told how to be written without")
    func wrapped() async throws {
        try await Harness.with { api in
            let answer = try await api.post(
                "/v1/run",
                #"{"runtime":"python","source":"","files":[{"path":"a","encoding":"base64","#
                    + #""content":"aGVs\nbG8=\n"}]}"#)
            #expect(answer.status == 422)
            #expect(answer.string("field") == "files[0].content")
            #expect(answer.string("detail")?.contains("`base64 -w0`") == true)
        }
    }
}

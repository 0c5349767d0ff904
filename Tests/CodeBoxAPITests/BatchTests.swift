import CodeBoxCore
import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import CodeBoxAPI
@testable import CodeBoxHTTP

@Suite("POST /v1/batch")
struct BatchTests {
    private static let echo = ScriptedJobService { job in .printed(job.spec.source ?? "") }

    private func lines(_ answer: Answer) throws -> [[String: Any]] {
        #expect(answer.headers[.contentType] == "application/x-ndjson")
        #expect(answer.body.last == UInt8(ascii: "\n"))
        return try answer.body.split(separator: UInt8(ascii: "\n")).map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        }
    }

    private func job(_ index: Int, in lines: [[String: Any]]) -> [String: Any]? {
        lines.first { $0["index"] as? Int == index }?["job"] as? [String: Any]
    }

    private func problem(_ index: Int, in lines: [[String: Any]]) -> [String: Any]? {
        lines.first { $0["index"] as? Int == index }?["problem"] as? [String: Any]
    }

    @Test("each program's line has its place and the job as POST /v1/run answers it")
    func answers() async throws {
        try await Harness.with(service: Self.echo) { api in
            let jobs = (0..<9).map { #"{"runtime":"python","source":"\#($0)"}"# }
            let answer = try await api.post(
                "/v1/batch", #"{"jobs":[\#(jobs.joined(separator: ","))]}"#)
            #expect(answer.status == 200)
            let lines = try lines(answer)
            #expect(lines.count == 10)
            for index in 0..<9 {
                #expect(job(index, in: lines)?["stdout"] as? String == "\(index)")
            }
            #expect(lines.last?["done"] as? Bool == true)
            #expect(lines.last?["finished"] as? Int == 9)
            #expect(lines.last?["failed"] as? Int == 0)
        }
    }

    @Test("defaults stand under each job: env, labels and limits by member, all else whole")
    func defaults() async throws {
        let service = ScriptedJobService { job in .printed(job.spec.source ?? "") }
        try await Harness.with(service: service) { api in
            // Behind the jobs, since members have no order.
            let answer = try await api.post(
                "/v1/batch",
                """
                {"jobs": [
                    {"source": "a"},
                    {"runtime": "node", "source": "b", "args": ["x"], "env": {"B": "3"},
                     "limits": {"wall_ms": 7}, "zygote": "on", "merge_output": false}
                 ],
                 "defaults": {"runtime": "python", "args": ["1", "2"], "env": {"A": "1", "B": "2"},
                     "limits": {"wall_ms": 5, "processes": 2}, "labels": {"l": "m"},
                     "zygote": "off", "merge_output": true, "stdin": "in",
                     "files": [{"path": "lib.py", "content": "c"}]}}
                """)
            #expect(try lines(answer).count == 3)
            let specs = service.seen.specs.sorted { $0.source ?? "" < $1.source ?? "" }
            try #require(specs.count == 2)
            #expect(specs[0].runtime == "python")
            #expect(specs[0].args == ["1", "2"])
            #expect(specs[0].env == ["A": "1", "B": "2"])
            #expect(specs[0].limits == LimitsRequest([.wallMs: 5, .processes: 2]))
            #expect(!specs[0].mayFork)
            #expect(specs[0].mergesOutput)
            #expect(specs[1].runtime == "node")
            #expect(specs[1].args == ["x"])
            #expect(specs[1].env == ["A": "1", "B": "3"])
            #expect(specs[1].limits == LimitsRequest([.wallMs: 7, .processes: 2]))
            #expect(specs[1].labels == ["l": "m"])
            #expect(specs[1].mayFork)
            #expect(!specs[1].mergesOutput)
            #expect(specs[1].stdin == Array("in".utf8))
            #expect(specs[1].files == [JobFile(path: "lib.py", content: Array("c".utf8))])
        }
    }

    @Test("a job that is wrong spoils itself alone, and is told why as ever")
    func faultyJobs() async throws {
        try await Harness.with(service: Self.echo) { api in
            let answer = try await api.post(
                "/v1/batch",
                """
                {"jobs": [
                    {"runtime": "python", "source": "ok"},
                    {"source": "no runtime"},
                    {"runtime": "python", "sourc": "x", "args": [1]},
                    7,
                    {"runtime": "python", "source": "x", "limits": {"wall_ms": 0}},
                    {"runtime": "python"}
                ]}
                """)
            #expect(answer.status == 200)
            let lines = try lines(answer)
            #expect(lines.count == 7)
            #expect(job(0, in: lines)?["stdout"] as? String == "ok")
            #expect(problem(1, in: lines)?["field"] as? String == "runtime")
            #expect(problem(2, in: lines)?["field"] as? String == "sourc")
            #expect((problem(2, in: lines)?["errors"] as? [Any])?.count == 2)
            #expect(
                problem(3, in: lines)?["detail"] as? String
                    == "the job must be an object, not a number")
            #expect(problem(4, in: lines)?["code"] as? String == "limit_out_of_range")
            #expect(problem(4, in: lines)?["field"] as? String == "limits.wall_ms")
            #expect(problem(5, in: lines)?["field"] as? String == "source")
            #expect(lines.last?["finished"] as? Int == 1)
            #expect(lines.last?["failed"] as? Int == 5)
        }
    }

    @Test(
        "what is no batch is refused as a whole",
        arguments: [
            ("{}", 422, "jobs"), (#"{"jobs": []}"#, 422, "jobs"),
            (#"{"jobs": {}}"#, 422, "jobs"), (#"{"jobs": [], "job": 1}"#, 422, "job"),
            (#"{"jobs": [{}], "defaults": {"arg": 1}}"#, 422, "defaults.arg"),
            (#"{"jobs": [{}], "defaults": []}"#, 422, "defaults"),
            (#"{"jobs": [{}], "jobs": [{}]}"#, 422, "jobs"), ("[]", 422, ""),
            (#"{"jobs": [{"runtime": "python", "source": "x"}"#, 400, nil),
            (#"{"jobs": [{"runtime" "python"}]}"#, 400, nil),
        ] as [(String, Int, String?)])
    func refused(body: String, status: Int, field: String?) async throws {
        try await Harness.with { api in
            let answer = try await api.post("/v1/batch", body)
            #expect(answer.status == status)
            #expect(answer.string("field") == field)
            #expect(api.service.seen.specs.isEmpty)
        }
    }

    @Test("a thousand jobs are a batch, one more is not")
    func bounds() async throws {
        try await Harness.with(service: ScriptedJobService()) { api in
            func body(_ count: Int) -> String {
                let job = #"{"runtime":"python","source":"x"}"#
                return "{\"jobs\":[\(Array(repeating: job, count: count).joined(separator: ","))]}"
            }
            let most = try await api.post("/v1/batch", body(1000))
            #expect(try lines(most).last?["finished"] as? Int == 1000)
            let answer = try await api.post("/v1/batch", body(1001))
            #expect(answer.status == 422)
            #expect(answer.string("detail") == "jobs: at most 1000 jobs")
        }
    }

    @Test("a service that lets no batch in says so before anything else")
    func notAdmitted() async throws {
        let error = CodeBoxError(.shuttingDown, "closing")
        try await Harness.with(service: ScriptedJobService(failure: error)) { api in
            let answer = try await api.post(
                "/v1/batch", #"{"jobs":[{"runtime":"python","source":"x"}]}"#)
            #expect(answer.status == 503)
            #expect(answer.string("code") == "shutting_down")
        }
    }

    @Test("a key that asks for interpreters of their own asks for all its jobs")
    func keyOptions() async throws {
        let keys = try APIKeys(fileText: "0123456789abcdef zygote=off\nfedcba9876543210\n")
        try await Harness.with(options: APIOptions(keys: keys, version: "1")) { api in
            let job = #"{"runtime":"python","source":"x","zygote":"on"}"#
            for (uri, body) in [
                ("/v1/batch", "{\"jobs\":[\(job)]}"), ("/v1/run", job), ("/v1/jobs", job),
            ] {
                _ = try await api.post(
                    uri, body, headers: [.authorization: "Bearer 0123456789abcdef"])
                #expect(api.service.seen.principals.last?.options.mayFork == false)
                _ = try await api.post(
                    uri, body, headers: [.authorization: "Bearer fedcba9876543210"])
                #expect(api.service.seen.principals.last?.options.mayFork == true)
            }
            let answer = try await api.post(
                "/v1/run", #"{"runtime":"python","source":"x","zygote":"of"}"#,
                headers: [.authorization: "Bearer fedcba9876543210"])
            #expect(answer.status == 422)
            #expect(answer.string("field") == "zygote")
        }
    }
}

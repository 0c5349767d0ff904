import CodeBoxJSON
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import CodeBoxAPI
@testable import CodeBoxHTTP

/// Each row: a body, its status and code, and the field its problem names.
@Suite struct BadInputTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var body: String
        var status = 422
        var code = "invalid_request"
        var fields: [String]

        init(_ body: String, _ fields: String...) {
            self.body = body
            self.fields = fields
        }

        var testDescription: String { String(body.prefix(80)) }
    }

    static let rows: [Row] = [
        // The whole
        Row("[]", ""), Row("null", ""), Row("\"x\"", ""), Row("{}", "runtime"),
        // Unknown, repeated, missing
        Row(#"{"runtime":"python","source":"","sauce":1}"#, "sauce"),
        Row(#"{"Runtime":"python","source":""}"#, "Runtime", "runtime"),
        Row(#"{"runtime":"python","source":"","runtime":"node"}"#, "runtime"),
        Row(#"{"source":"1"}"#, "runtime"),
        Row(#"{"runtime":"python"}"#, "source"),
        Row(#"{"runtime":"","source":""}"#, "runtime"),
        // Types
        Row(#"{"runtime":7,"source":""}"#, "runtime"),
        Row(#"{"runtime":null,"source":""}"#, "runtime"),
        Row(#"{"runtime":"python","source":null}"#, "source"),
        Row(#"{"runtime":"python","source":["a"]}"#, "source"),
        Row(#"{"runtime":"python","source":"","args":"a"}"#, "args"),
        Row(#"{"runtime":"python","source":"","args":["a",1,"b",[]]}"#, "args[1]", "args[3]"),
        Row(#"{"runtime":"python","source":"","env":["A=1"]}"#, "env"),
        Row(#"{"runtime":"python","source":"","env":{"A":1}}"#, "env.A"),
        Row(#"{"runtime":"python","source":"","labels":{"a":true}}"#, "labels.a"),
        Row(#"{"runtime":"python","source":"","labels":{"a":"1","a":"2"}}"#, "labels.a"),
        Row(#"{"runtime":"python","source":"","limits":[]}"#, "limits"),
        Row(#"{"runtime":"python","source":"","at_most_once":"true"}"#, "at_most_once"),
        Row(#"{"runtime":"python","source":"","merge_output":1}"#, "merge_output"),
        Row(#"{"runtime":"python","source":"","entrypoint":1}"#, "entrypoint"),
        Row(#"{"runtime":"python","source":"","files":{}}"#, "files"),
        Row(#"{"runtime":"python","source":"","files":["a"]}"#, "files[0]"),
        // Limits
        Row(#"{"runtime":"python","source":"","limits":{"wall":1}}"#, "limits.wall"),
        Row(#"{"runtime":"python","source":"","limits":{"wall_ms":"1"}}"#, "limits.wall_ms"),
        Row(#"{"runtime":"python","source":"","limits":{"wall_ms":1.5}}"#, "limits.wall_ms"),
        Row(#"{"runtime":"python","source":"","limits":{"wall_ms":1e999}}"#, "limits.wall_ms"),
        Row(
            #"{"runtime":"python","source":"","limits":{"wall_ms":99999999999999999999}}"#,
            "limits.wall_ms"),
        Row(#"{"runtime":"python","source":"","limits":{"cpus":1e999}}"#, "limits.cpus"),
        Row(#"{"runtime":"python","source":"","limits":{"processes":true}}"#, "limits.processes"),
        Row(#"{"runtime":"python","source":"","limits":{"open_files":null}}"#, "limits.open_files"),
        // Content
        Row(#"{"runtime":"python","source":"","stdin":1}"#, "stdin"),
        Row(#"{"runtime":"python","source":"","stdin":{}}"#, "stdin.content"),
        Row(
            #"{"runtime":"python","source":"","stdin":{"content":"AA=","encoding":"base64"}}"#,
            "stdin.content"),
        Row(
            #"{"runtime":"python","source":"","stdin":{"encoding":"utf8","content":""}}"#,
            "stdin.encoding"),
        Row(
            #"{"runtime":"python","source":"","stdin":{"content":"","encoding":"latin1"}}"#,
            "stdin.encoding"),
        Row(#"{"runtime":"python","source":"","stdin":{"content":"","x":0}}"#, "stdin.x"),
        Row(#"{"runtime":"python","source":"","files":[{"path":"a"}]}"#, "files[0].content"),
        Row(#"{"runtime":"python","source":"","files":[{"content":"a"}]}"#, "files[0].path"),
        Row(
            #"{"runtime":"python","source":"","files":[{"path":"a","content":"!","encoding":"base64"}]}"#,
            "files[0].content"),
        Row(
            #"{"runtime":"python","source":"","files":[{"path":"a","content":"","mode":1}]}"#,
            "files[0].mode"),
        // Paths and NUL
        Row(
            #"{"runtime":"python","source":"","files":[{"path":"../a","content":""}]}"#,
            "files[0].path"),
        Row(
            #"{"runtime":"python","source":"","files":[{"path":"/a","content":""}]}"#,
            "files[0].path"),
        Row(
            #"{"runtime":"python","source":"","files":[{"path":"a//b","content":""}]}"#,
            "files[0].path"),
        Row(
            #"{"runtime":"python","source":"","files":[{"path":"a\u0000","content":""}]}"#,
            "files[0].path"),
        Row(
            #"{"runtime":"python","source":"","files":[{"path":"","content":""}]}"#, "files[0].path"
        ),
        Row(
            #"{"runtime":"python","source":"","files":[{"path":"a","content":""},{"path":"a","content":""}]}"#,
            "files[1].path"),
        Row(#"{"runtime":"python","source":"","args":["a\u0000"]}"#, "args[0]"),
        Row(#"{"runtime":"python","source":"","env":{"A":"\u0000"}}"#, "env.A"),
        Row(#"{"runtime":"python","source":"","env":{"A=":""}}"#, "env"),
        Row(#"{"runtime":"python","source":"","entrypoint":"../x"}"#, "entrypoint"),
        Row(#"{"runtime":"python","files":[{"path":"a","content":""}]}"#, "entrypoint"),
        Row(
            #"{"runtime":"python","files":[{"path":"a","content":""}],"entrypoint":"b"}"#,
            "entrypoint"),
        // Depth: a value that is stepped over
        Row(#"{"runtime":"python","source":"","x":"# + String(repeating: "[", count: 100_000), "x"),
        Row(#"{"runtime":"# + String(repeating: "{\"a\":", count: 50_000), "runtime"),
    ]

    @Test("what is wrong with a job is named by field, on both routes", arguments: rows)
    func job(row: Row) async throws {
        try await Harness.with { api in
            for uri in ["/v1/jobs", "/v1/run"] {
                let answer = try await api.post(uri, row.body)
                #expect(answer.status == row.status)
                #expect(answer.string("code") == row.code)
                #expect(answer.string("field") == row.fields[0])
                #expect(answer.faultyFields == row.fields)
            }
            #expect(api.service.seen.specs.isEmpty)
        }
    }

    @Test("faults are collected, but not without end")
    func manyFaults() async throws {
        try await Harness.with { api in
            let members = (0..<100).map { "\"x\($0)\":\($0)" }.joined(separator: ",")
            let answer = try await api.post("/v1/run", "{\(members)}")
            #expect(answer.faultyFields.count == FieldDecoder.maximumFaults)
        }
    }

    @Test(
        "a body that exceeds a bound is refused there, and the rest of it is not looked at",
        arguments: [
            ("args", "[" + String(repeating: "\"\",", count: 1_001)),
            ("args", "[\"" + String(repeating: "x", count: 200_000) + "\","),
            ("env", "{" + (0...1_000).map { "\"\($0)\":\"\"," }.joined()),
            ("labels", "{" + (0...32).map { "\"\($0)\":\"\"," }.joined()),
            ("files", "[" + String(repeating: #"{"path":"a","content":""},"#, count: 1_001)),
            ("runtime", "\"" + String(repeating: "x", count: 257) + "\","),
            ("entrypoint", "\"" + String(repeating: "x", count: 1_025) + "\","),
        ])
    func bound(field: String, value: String) async throws {
        try await Harness.with { api in
            let answer = try await api.post("/v1/run", "{\"\(field)\":\(value) no JSON")
            #expect(answer.status == 422)
            #expect(answer.string("field")?.hasPrefix(field) == true)
            #expect(answer.faultyFields.count == 1)
        }
    }

    @Test("a name made up by the client is shown no longer than need be")
    func longName() async throws {
        try await Harness.with { api in
            let answer = try await api.post(
                "/v1/run", "{\"\(String(repeating: "x", count: 100_000))\":1}")
            #expect(answer.body.count < 2000)
        }
    }

    @Test("a limit out of range names itself, the minimum and the maximum")
    func limits() async throws {
        try await Harness.with { api in
            for (value, name, least, most) in [
                ("99999", "wall_ms", 1, 60_000), ("-1", "wall_ms", 1, 60_000),
                ("0", "cpu_ms", 1, 60_000), ("1e12", "memory_bytes", 4_194_304, 1_073_741_824),
                ("100", "cpus", 0.01, 4),
            ] as [(String, String, Double, Double)] {
                let body = #"{"runtime":"python","source":"","limits":{"\#(name)":\#(value)}}"#
                let answer = try await api.post("/v1/jobs", body)
                #expect(answer.status == 422)
                #expect(answer.string("code") == "limit_out_of_range")
                #expect(answer.string("field") == "limits.\(name)")
                #expect(answer["minimum"] as? Double == least)
                #expect(answer["maximum"] as? Double == most)
            }
        }
    }

    @Test(
        "what is not JSON says where it stops being JSON",
        arguments: [
            ("", 0, 1, 1), ("{", 1, 1, 2), ("{\"a\":1,\n  b}", 10, 2, 3), ("{}{}", 2, 1, 3),
            ("{\"runtime\":\"python\",\"source\":\"\\ud800\"}", 30, 1, 31), ("\u{feff}{}", 0, 1, 1),
        ])
    func malformed(body: String, offset: Int, line: Int, column: Int) async throws {
        try await Harness.with { api in
            let answer = try await api.post("/v1/jobs", body)
            #expect(answer.status == 400)
            #expect(answer.string("code") == "malformed_json")
            let position = try #require(answer["position"] as? [String: Int])
            #expect(position == ["offset": offset, "line": line, "column": column])
        }
    }

    @Test("bytes that are not UTF-8 are refused with their place")
    func invalidUTF8() async throws {
        try await Harness.with { api in
            let body = Array(#"{"runtime":"python","source":"a"#.utf8) + [0xff] + Array("\"}".utf8)
            let answer = try await api.post("/v1/run", body)
            #expect(answer.status == 400)
            #expect((answer["position"] as? [String: Int])?["offset"] == 31)
        }
    }

    @Test(
        "only plain JSON is taken for JSON",
        arguments: [
            (.contentType, "text/plain"), (.contentType, "application/x-www-form-urlencoded"),
            (.contentType, "application/jsonp"), (.contentType, ""),
            (.contentType, "application/json; charset=latin1"), (.contentEncoding, "gzip"),
        ] as [(HTTPField.Name, String)])
    func types(name: HTTPField.Name, value: String) async throws {
        try await Harness.with { api in
            let answer = try await api.post("/v1/run", "{}", headers: [name: value])
            #expect(answer.status == 415)
            #expect(answer.string("code") == "unsupported_media_type")
            #expect(answer.string("field") == name.rawName)
        }
    }

    @Test("a body without a type is refused, as a web page could send it anywhere")
    func noType() async throws {
        try await Harness.with { api in
            let answer = try await api.send(.post, "/v1/run", body: Array("{}".utf8))
            #expect(answer.status == 415)
        }
    }

    @Test("a body over the maximum is refused, announced or not; one at the maximum is taken")
    func size() async throws {
        let options = APIOptions(maximumBodyBytes: 1000, version: "1")
        let start = #"{"runtime":"python","source":""#
        try await Harness.with(options: options) { api in
            let fits = start + String(repeating: "x", count: 1000 - start.utf8.count - 2) + "\"}"
            #expect(try await api.post("/v1/run", fits).status == 200)
            let answer = try await api.post("/v1/run", fits + " ")
            #expect(answer.status == 413)
            #expect(answer.string("code") == "body_too_large")
        }
    }

    @Test(
        "bad queries name the parameter",
        arguments: [
            ("/v1/jobs?stat=queued", "?stat"), ("/v1/jobs?state=done", "?state"),
            ("/v1/jobs?state=queued&state=queued", "?state"), ("/v1/jobs?label=course", "?label"),
            ("/v1/jobs?label=:x", "?label"), ("/v1/jobs?label=a:1&label=a:2", "?label"),
            ("/v1/jobs?cursor=1", "?cursor"), ("/v1/jobs?limit=ten", "?limit"),
            ("/v1/jobs?limit=", "?limit"),
            ("/v1/jobs/01936f0e-5b1c-7c3a-9d2e-4f5a6b7c8d9e?wait=soon", "?wait"),
            ("/v1/jobs/01936f0e-5b1c-7c3a-9d2e-4f5a6b7c8d9e?wait=-1", "?wait"),
            ("/v1/jobs/01936f0e-5b1c-7c3a-9d2e-4f5a6b7c8d9e?wait=nan", "?wait"),
            ("/v1/jobs/01936f0e-5b1c-7c3a-9d2e-4f5a6b7c8d9e?wait=", "?wait"),
            ("/v1/jobs/01936f0e-5b1c-7c3a-9d2e-4f5a6b7c8d9e?w=1", "?w"), ("/v1/runtimes?x", "?x"),
        ])
    func queries(uri: String, field: String) async throws {
        try await Harness.with { api in
            let answer = try await api.get(uri)
            #expect(answer.status == 422)
            #expect(answer.string("code") == "invalid_request")
            #expect(answer.string("field") == field)
        }
    }

    @Test(
        "values of a query out of range name their bounds",
        arguments: [
            ("/v1/jobs?limit=0", 1, 200), ("/v1/jobs?limit=201", 1, 200),
            ("/v1/jobs/01936f0e-5b1c-7c3a-9d2e-4f5a6b7c8d9e?wait=61", 0, 60),
        ])
    func ranges(uri: String, least: Int, most: Int) async throws {
        try await Harness.with { api in
            let answer = try await api.get(uri)
            #expect(answer.status == 422)
            #expect(answer.string("code") == "limit_out_of_range")
            #expect(answer.integer("minimum") == least)
            #expect(answer.integer("maximum") == most)
        }
    }

    @Test(
        "a query that is not percent-encoded UTF-8 is malformed",
        arguments: ["%", "%zz", "%ff", "%4"])
    func percent(text: String) async throws {
        try await Harness.with { api in
            let answer = try await api.get("/v1/jobs?runtime=\(text)")
            #expect(answer.status == 400)
            #expect(answer.string("code") == "malformed_request")
        }
    }

    @Test("unknown paths are 404, known ones with another method 405 with Allow")
    func routing() async throws {
        try await Harness.with { api in
            for uri in ["/", "/v1", "/v1/job", "/v2/jobs", "/v1/jobs/a/b", "/healthz/x"] {
                let answer = try await api.get(uri)
                #expect(answer.status == 404)
                #expect(answer.string("code") == "not_found")
            }
            for (method, uri, allow) in [
                (.put, "/v1/jobs", "POST, GET, HEAD"), (.post, "/v1/jobs/x", "GET, DELETE, HEAD"),
                (.get, "/v1/run", "POST"), (.options, "/v1/run", "POST"),
                (.delete, "/healthz", "GET, HEAD"),
                (.head, "/v1/run", "POST"),
            ] as [(HTTPRequest.Method, String, String)] {
                let answer = try await api.send(method, uri)
                #expect(answer.status == 405)
                #expect(answer.headers[.allow] == allow)
                if method == .head { #expect(answer.body.isEmpty) }
            }
        }
    }
}

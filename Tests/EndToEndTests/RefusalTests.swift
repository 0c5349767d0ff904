import Foundation
import Testing

extension EndToEnd {
    /// Bad input never reaches a sandbox, and the refusal says which field was wrong.
    @Suite(.server)
    struct RefusalTests {
        struct Bad: Sendable, CustomTestStringConvertible {
            var name: String
            var body: String
            /// What the answer must mention.
            var names: String
            var testDescription: String { name }

            init(_ name: String, _ body: String, names: String) {
                self.name = name
                self.body = body
                self.names = names
            }
        }

        static let bodies: [Bad] = [
            Bad("unknown field", #"{"runtime":"bash","source":"x","colour":1}"#, names: "colour"),
            Bad(
                "unknown limit", #"{"runtime":"bash","source":"x","limits":{"wall":1}}"#,
                names: "limits.wall"),
            Bad(
                "unknown field of a file",
                #"{"runtime":"bash","source":"x","files":[{"path":"a","content":"","mode":7}]}"#,
                names: "mode"),
            Bad(
                "another service's time limit", #"{"runtime":"bash","source":"x","timeout":1}"#,
                names: "`limits.wall_ms`, in milliseconds"),
            Bad(
                "another service's language", #"{"language":"bash","source":"x"}"#,
                names: "`runtime`"),
            Bad(
                "base64 with line breaks",
                #"{"runtime":"bash","source":"x","#
                    + #""files":[{"path":"a","content":"YQ==\n","encoding":"base64"}]}"#,
                names: "`base64 -w0`"),
            Bad("unknown runtime with aliases", #"{"runtime":"cobol","source":"x"}"#, names: "sh"),
            Bad("unknown runtime", #"{"runtime":"cobol","source":"x"}"#, names: "runtime"),
            Bad("unknown version", #"{"runtime":"python:2.7","source":"x"}"#, names: "runtime"),
            Bad("runtime with a path", #"{"runtime":"../../etc","source":"x"}"#, names: "runtime"),
            Bad("runtime missing", #"{"source":"x"}"#, names: "runtime"),
            Bad("neither source nor files", #"{"runtime":"bash"}"#, names: "source"),
            Bad(
                "files without entrypoint",
                #"{"runtime":"bash","files":[{"path":"a","content":"x"}]}"#,
                names: "entrypoint"),
            Bad(
                "entrypoint that is no file",
                #"{"runtime":"bash","files":[{"path":"a","content":"x"}],"entrypoint":"b"}"#,
                names: "entrypoint"),
            Bad(
                "unknown encoding",
                #"{"runtime":"bash","source":"x","#
                    + #""files":[{"path":"a","content":"x","encoding":"rot13"}]}"#,
                names: "files[0].encoding"),
            Bad(
                "content that is not base64",
                #"{"runtime":"bash","source":"x","#
                    + #""files":[{"path":"a","content":"*","encoding":"base64"}]}"#,
                names: "files[0].content"),
            Bad("wrong type of source", #"{"runtime":"bash","source":7}"#, names: "source"),
            Bad(
                "wrong type of args", #"{"runtime":"bash","source":"x","args":"a"}"#, names: "args"),
            Bad(
                "wrong type inside args", #"{"runtime":"bash","source":"x","args":["a",1]}"#,
                names: "args"),
            Bad(
                "wrong type of env", #"{"runtime":"bash","source":"x","env":{"A":1}}"#, names: "env"
            ),
            Bad(
                "wrong type of limits", #"{"runtime":"bash","source":"x","limits":[]}"#,
                names: "limits"),
            Bad(
                "wrong type of labels", #"{"runtime":"bash","source":"x","labels":{"a":[]}}"#,
                names: "labels"),
            Bad(
                "NUL in an argument", #"{"runtime":"bash","source":"x","args":["a\u0000b"]}"#,
                names: "args[0]"),
            Bad(
                "NUL in a variable", #"{"runtime":"bash","source":"x","env":{"A":"\u0000"}}"#,
                names: "env"),
            Bad(
                "variable with =", #"{"runtime":"bash","source":"x","env":{"A=B":"c"}}"#,
                names: "env"),
            Bad(
                "empty variable name", #"{"runtime":"bash","source":"x","env":{"":"c"}}"#,
                names: "env"),
            Bad("not an object", #"[1,2,3]"#, names: ""),
            Bad("not JSON", #"{"runtime":"bash","#, names: ""),
            Bad("empty", "", names: ""),
            Bad("not UTF-8", "{\"runtime\":\"\u{FFFD}\"", names: ""),
            Bad("two values", #"{"runtime":"bash","source":"x"} {}"#, names: ""),
            Bad("deep nesting", String(repeating: "[", count: 50_000), names: ""),
            Bad(
                "deep nesting in a field",
                #"{"runtime":"bash","source":"x","labels":"#
                    + String(repeating: #"{"a":"#, count: 20_000)
                    + "1" + String(repeating: "}", count: 20_001), names: ""),
        ]

        @Test("a bad body is refused by name", arguments: bodies)
        func badBody(_ bad: Bad) async throws {
            for path in ["/v1/run", "/v1/jobs"] {
                let answer = try await server.api.send("POST", path, body: Array(bad.body.utf8))
                #expect((400..<500).contains(answer.status), "\(path): \(answer.status)")
                #expect(answer.isProblem)
                #expect(bad.names.isEmpty || answer.text.contains(bad.names), "\(answer.text)")
            }
        }

        @Test(
            "a path out of the workspace is refused",
            arguments: [
                "/etc/passwd", "../x", "a/../../x", "a/..", "..", ".", "a/./b", "a//b", "a/", "",
                "nul\0byte", String(repeating: "d/", count: 600) + "f",
                String(repeating: "n", count: 256),
            ])
        func badPath(_ path: String) async throws {
            let body = JobBody(.bash, "echo ran").with {
                $0.files = [JobBody.File("good", ""), JobBody.File(path, "x")]
            }
            let answer = try await server.api.post("/v1/run", body)
            #expect((400..<500).contains(answer.status))
            #expect(answer.text.contains("files[1].path"))
            let entry = try await server.api.post(
                "/v1/run", JobBody(.bash, "echo ran").with { $0.entrypoint = path })
            #expect((400..<500).contains(entry.status))
            #expect(entry.text.contains("entrypoint"))
        }

        @Test(
            "files that contradict one another are refused",
            arguments: [
                ["a", "a"], ["a", "a/b"], ["a/b/c", "a/b"],
            ])
        func contradictions(_ paths: [String]) async throws {
            let body = JobBody(.bash, "echo ran").with {
                $0.files = paths.map { JobBody.File($0, "x") }
            }
            let answer = try await server.api.post("/v1/run", body)
            #expect((400..<500).contains(answer.status))
            #expect(answer.text.contains("files["))
        }

        @Test("an oversized body is refused with 413 and does not hurt the server")
        func oversized() async throws {
            let body =
                Array(#"{"runtime":"bash","source":""#.utf8)
                + [UInt8](repeating: UInt8(ascii: "x"), count: 100 << 20) + Array(#""}"#.utf8)
            // The server may answer and close before it has read all; then the sending fails.
            do {
                let answer = try await server.api.send("POST", "/v1/run", body: body)
                #expect(answer.status == 413)
                #expect(answer.isProblem)
            } catch is APIClient.Unexpected {
                throw APIClient.Unexpected(description: "no answer to an oversized body")
            } catch {}
            #expect(try await run(JobBody(.bash, "echo fine")).stdout.text == "fine\n")
        }

        @Test("a body that is not called JSON is refused with 415")
        func wrongMediaType() async throws {
            let answer = try await server.api.send(
                "POST", "/v1/run", headers: ["Content-Type": "text/plain"],
                body: Array(#"{"runtime":"bash","source":"echo"}"#.utf8))
            #expect(answer.status == 415)
            #expect(answer.isProblem)
        }

        @Test(
            "what is not there is a 404 with problem details",
            arguments: [
                "/", "/v1", "/v1/nothing", "/v1/jobs/01900000-0000-7000-8000-000000000000",
                "/v1/jobs/..%2f..%2fetc%2fpasswd", "/v1/jobs/not-an-id", "/../../etc/passwd",
            ])
        func notFound(_ path: String) async throws {
            let answer = try await server.api.get(path)
            #expect([400, 404].contains(answer.status), "\(path): \(answer.status)")
            #expect(answer.isProblem)
        }

        @Test(
            "a wrong method is a 405 that names the right ones",
            arguments: [
                ("PUT", "/v1/jobs", "POST"), ("GET", "/v1/run", "POST"),
                ("POST", "/healthz", "GET"),
                ("DELETE", "/v1/runtimes", "GET"),
                ("POST", "/v1/jobs/01900000-0000-7000-8000-000000000000", "GET"),
            ])
        func wrongMethod(_ method: String, _ path: String, _ right: String) async throws {
            let answer = try await server.api.send(method, path, body: Array("{}".utf8))
            #expect(answer.status == 405)
            #expect(answer.isProblem)
            #expect(answer.headers["allow"]?.contains(right) == true)
        }

        @Test(
            "a bad query is refused by name",
            arguments: [
                ("state=sleeping", "state"), ("limit=0", "limit"), ("limit=many", "limit"),
                ("limit=100000", "limit"), ("cursor=garbage", "cursor"), ("label=nocolon", "label"),
            ])
        func badQuery(_ query: String, _ name: String) async throws {
            let answer = try await server.api.get("/v1/jobs?\(query)")
            #expect((400..<500).contains(answer.status))
            #expect(answer.isProblem)
            #expect(answer.text.contains(name))
        }

        @Test("a bad wait is refused", arguments: ["-1", "soon", "1e9"])
        func badWait(_ wait: String) async throws {
            let api = try server.api
            let id = try await api.submit(JobBody(.bash, "true")).id
            let answer = try await api.get("/v1/jobs/\(id)?wait=\(wait)")
            #expect((400..<500).contains(answer.status))
            #expect(answer.text.contains("wait"))
        }
    }
}

import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// What a server writes to its log.
    @Suite
    struct LogTests {
        private static let levels: Set<String> = [
            "trace", "debug", "info", "notice", "warning", "error", "critical",
        ]

        /// The runtimes, and one more that was never built.
        private func runtimesWithUnbuilt(in scratch: Scratch) throws -> String {
            let runtimes = scratch.path + "/runtimes"
            let files = FileManager.default
            try files.copyItem(atPath: Installation.runtimes, toPath: runtimes)
            try files.createDirectory(
                atPath: runtimes + "/unbuilt", withIntermediateDirectories: false)
            let bash = try String(contentsOfFile: runtimes + "/bash/manifest.yaml", encoding: .utf8)
            _ = try scratch.file(
                "runtimes/unbuilt/manifest.yaml",
                bash.split(separator: "\n").filter { !$0.hasPrefix("aliases:") }
                    .map { $0.hasPrefix("name:") ? "name: unbuilt" : $0 }.joined(separator: "\n"))
            return runtimes
        }

        private func lines(_ server: CodeBoxServer) -> [Substring] {
            server.process.stderr.text.split(separator: "\n")
        }

        /// The log's objects of one request, by the id in a problem's `instance`.
        private func events(
            of problem: APIClient.Answer, in server: CodeBoxServer
        ) throws -> [JSONValue] {
            #expect(problem.isProblem, "\(problem.text)")
            let instance = try #require(try problem.json()["instance"]?.string)
            let prefix = "urn:codebox:request:"
            try #require(instance.hasPrefix(prefix), "\(instance)")
            let id = String(instance.dropFirst(prefix.count))
            #expect(id.count >= 16, "\(id)")
            return lines(server).compactMap { try? JSONValue(parsing: Array($0.utf8)) }
                .filter { $0["hb.request.id"]?.string == id }
        }

        private func eventually(
            _ server: CodeBoxServer, _ problem: APIClient.Answer, level: String
        ) async throws -> JSONValue {
            var found: JSONValue?
            _ = try await remaining(after: .seconds(5)) { () -> String? in
                found = try events(of: problem, in: server).first { $0["level"]?.string == level }
                return found == nil ? "no event" : nil
            }
            return try #require(found, "\(problem.text)\(server.log)")
        }

        @Test("a problem's instance is the request id of its line in the log")
        func instance() async throws {
            let scratch = try Scratch()
            let runtimes = try runtimesWithUnbuilt(in: scratch)
            try await withServer(
                scratch: scratch,
                arguments: [
                    "--log-format", "json", "--log-level", "debug", "--runtimes-dir", runtimes,
                ]
            ) { server in
                // The client's fault: a line at debug.
                let missing = try await server.api.get("/v1/jobs/no-such-job")
                let request = try await eventually(server, missing, level: "debug")
                #expect(request["path"]?.string == "/v1/jobs/no-such-job")
                #expect(request["status"]?.string == "\(missing.status)")
                // The server's: a warning that says what went wrong.
                let unbuilt = try await server.api.post(
                    "/v1/run",
                    json: .object(["runtime": .string("unbuilt"), "source": .string("echo no")]))
                #expect(unbuilt.status == 503, "\(unbuilt.text)")
                let failure = try await eventually(server, unbuilt, level: "warning")
                #expect(failure["code"]?.string == "runtime_not_built")
                #expect(failure["path"]?.string == "/v1/run")
                #expect(failure["error"]?.string?.isEmpty == false)
                // Each request has a name of its own.
                let again = try await server.api.get("/v1/jobs/no-such-job")
                #expect(try again.json()["instance"] != missing.json()["instance"])
            }
        }

        @Test("an unknown API key is logged with the client's address, and never the key itself")
        func unknownKey() async throws {
            let scratch = try Scratch()
            let file = try scratch.file("keys", "0123456789abcdef-a-key-of-the-tests\n")
            chmod(file, 0o600)
            let arguments = ["--log-format", "json", "--api-keys-file", file]
            let server = try await CodeBoxServer(scratch: scratch, arguments: arguments)
            var client = server.api
            client.key = "0123456789abcdef-a-wrong-guess"
            #expect(try await client.get("/v1/jobs").status == 401)
            var found: JSONValue?
            _ = await remaining(after: .seconds(5)) { () -> Bool? in
                found = lines(server).compactMap { try? JSONValue(parsing: Array($0.utf8)) }
                    .first { $0["message"]?.string == "a client presented an unknown API key" }
                return found == nil ? true : nil
            }
            let event = try #require(found, "\(server.log)")
            #expect(event["level"]?.string == "warning")
            #expect(event["address"]?.string == "127.0.0.1", "\(event)")
            #expect(!server.process.stderr.text.contains("wrong-guess"))
            try await server.stop()
            scratch.remove()
        }

        @Test("with log_format json every line of supervisor and server is an object")
        func json() async throws {
            try await withServer(
                arguments: ["--log-format", "json", "--log-level", "debug"]
            ) { server in
                let job = JobBody(.bash, "echo \"$1\"; kill -9 $$").with {
                    $0.args = ["\u{1b}[31m\"\n{"]
                    $0.labels = ["line\nend": "\"}\n"]
                }
                _ = try await server.api.run(job)
                _ = try await server.api.get("/a%0Apath%22%7D")
                _ = try await server.api.send("POST", "/v1/run", body: Array("nonsense".utf8))
                try await server.murder(.warden)
                try await server.ready()
                try await server.stop()
                _ = await server.process.stderr.end(within: .seconds(5))
                var labels: Set<String> = []
                for line in lines(server) {
                    guard let event = try? JSONValue(parsing: Array(line.utf8)),
                        let members = event.object
                    else {
                        Issue.record("not JSON: \(line)")
                        continue
                    }
                    #expect(members.values.allSatisfy { $0.string != nil }, "\(line)")
                    let time = members["time"]?.string ?? ""
                    #expect(time.contains(#/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/#), "\(line)")
                    #expect(Self.levels.contains(members["level"]?.string ?? ""), "\(line)")
                    #expect(members["message"]?.string?.isEmpty == false, "\(line)")
                    labels.insert(members["label"]?.string ?? "")
                }
                #expect(labels.isSuperset(of: ["codebox", "codebox.supervisor"]), "\(labels)")
            }
        }
    }
}

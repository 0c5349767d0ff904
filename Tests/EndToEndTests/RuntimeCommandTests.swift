import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// `codebox runtime new`, `shell`, `bench` and `test --junit`.
    @Suite
    struct RuntimeCommandTests {
        private static let repository = URL(fileURLWithPath: Installation.runtimes)
            .deletingLastPathComponent().path

        @Test("a new runtime builds, passes its tests, runs a job and has a shell as it is")
        func new() async throws {
            try await CodeBoxCommand.use { codebox in
                let settings = try ownFolders(codebox)
                let made = try await codebox("runtime", "new", "mine", environment: settings)
                #expect(made.exit == .code(0), "\(made.stderr)")
                let built = try await codebox(
                    "runtime", "build", "mine", environment: settings, within: .seconds(300))
                #expect(built.exit == .code(0), "\(built.stderr)")
                let tested = try await codebox("runtime", "test", "mine", environment: settings)
                #expect(tested.exit == .code(0), "\(tested.stdout)\(tested.stderr)")
                let file = try codebox.scratch.file("program.mine", "echo own")
                #expect(try await codebox("run", file, environment: settings).stdout == "own\n")
                let shell = try await codebox(
                    "runtime", "shell", "mine", stdin: "echo $((6 * 7))\n", environment: settings)
                #expect(shell.stdout == "42\n")
                #expect(shell.stderr.contains("mine has no bash; this is /usr/bin/dash"))
                let again = try await codebox("runtime", "new", "mine", environment: settings)
                #expect(again.exit == .code(78))
                #expect(again.stderr.contains("mine is there already"))
            }
        }

        @Test("a copy of a runtime has its manifest and tests under the new name")
        func copy() async throws {
            try await CodeBoxCommand.use { codebox in
                let settings = try ownFolders(codebox)
                let folder = codebox.scratch.path + "/own-runtimes"
                try FileManager.default.copyItem(
                    atPath: Installation.runtimes + "/python", toPath: folder + "/python")
                let made = try await codebox(
                    "runtime", "new", "science", "--from", "python", environment: settings)
                #expect(made.stdout == folder + "/science\n", "\(made.stderr)")
                let manifest = try String(
                    contentsOfFile: folder + "/science/manifest.yaml", encoding: .utf8)
                #expect(manifest.contains("name: \"science\"\n"))
                #expect(!manifest.contains("aliases:"))
                #expect(manifest.contains("kind: python"))
                let files = try FileManager.default.contentsOfDirectory(
                    atPath: folder + "/science/tests")
                #expect(files.contains("cases.yaml") && files.contains("stdlib.py"))
                let list = try await codebox("runtime", "list", environment: settings)
                #expect(list.stdout.contains("science  3.13"))
            }
        }

        @Test(
            "a runtime can't have a name that is none",
            arguments: ["../up", "Big", "", ".x", "a/b"])
        func badName(_ name: String) async throws {
            try await CodeBoxCommand.use { codebox in
                let settings = try ownFolders(codebox)
                let refused = try await codebox("runtime", "new", name, environment: settings)
                #expect(refused.exit == .code(78))
                #expect(refused.stderr.contains("can't be a runtime's name"))
                let inside = try FileManager.default.contentsOfDirectory(
                    atPath: codebox.scratch.path + "/own-runtimes")
                #expect(inside == [])
            }
        }

        @Test("the JUnit file fits the schema and has each test, failure and time")
        func junit() async throws {
            try await CodeBoxCommand.use { codebox in
                let settings = try ownFolders(codebox, runtime: "bash")
                try Self.cases.write(
                    toFile: codebox.scratch.path + "/own-runtimes/bash/tests/cases.yaml",
                    atomically: true, encoding: .utf8)
                let file = codebox.scratch.path + "/results.xml"
                let result = try await codebox(
                    "runtime", "test", "bash", "--junit", file, environment: settings)
                #expect(result.exit == .code(1), "\(result.stderr)")
                let schema = Self.repository + "/Tests/JUnit/junit.xsd"
                try await valid(file, schema)
                let xml = try String(contentsOfFile: file, encoding: .utf8)
                #expect(xml.contains("<testsuite name=\"bash\" tests=\"4\" failures=\"2\""))
                #expect(xml.contains("name=\"a &quot;name&quot; &lt;with&gt; &amp;\""))
                #expect(
                    xml.contains(#/<testcase classname="bash" name="passes" time="0\.\d{6}"\/>/#))
            }
        }

        private static let cases = """
            - {name: passes, source: echo hello, expect: {stdout: "hello\\n"}}
            - name: 'a "name" <with> &'
              source: echo "<&>\\""
              expect: {stdout: "]]>"}
            - name: control characters
              source: printf '\\033[31m\\000\\001'
              expect: {stdout: "\\u0001\\u001b", exit_code: 7}

            """

        @Test(
            "lines that come on standard input run in a sandbox, and its exit code is the command's"
        )
        func shell() async throws {
            try await CodeBoxCommand.use { codebox in
                let result = try await codebox(
                    "runtime", "shell", "bash", stdin: "echo $((6 * 7)) $(id -u)\nno-such\n")
                #expect(result.stdout == "42 1000\n", "\(result)")
                #expect(result.stderr.contains("no-such: command not found"))
                #expect(result.stderr.contains("bash:~$ "))
                #expect(!result.stderr.contains("job control"))
                let left = try await codebox("runtime", "shell", "bash", stdin: "exit 7\n")
                #expect(left.exit == .code(7))
            }
        }

        @Test(
            "the shell may be another program of the image",
            arguments: ["python", "node"])
        func otherProgram(_ name: String) async throws {
            try await CodeBoxCommand.use { codebox in
                let other = try await codebox(
                    "runtime", "shell", name, "--", "/usr/bin/dash", stdin: "echo $0\n")
                #expect(other.stdout == "/usr/bin/dash\n", "\(other)")
            }
        }

        @Test("at a terminal, output comes at once and Ctrl-C goes to the program")
        func terminal() async throws {
            // Each step waits for what only the program writes, never for the echo of what was typed.
            let steps = [
                ["bash:~$ ", "echo $((1 + 1))x\n"], ["2x\r\n", "echo on; sleep 60\n"],
                ["on\r\n", "\u{3}"], ["bash:~$ ", "echo status $?\n"],
                ["status 130\r\n", "echo ready; read -r line; echo got $line\n"],
                ["ready\r\n", "typed\n"], ["got typed\r\n", "\u{4}"],
            ]
            let result = try await typed(steps, "bash")
            #expect(result.exit == .code(0), "\(result.stdout)")
        }

        @Test("Ctrl-C raises KeyboardInterrupt in Python's prompt, which goes on")
        func interrupt() async throws {
            let steps = [
                ["python:~$ ", "exec python3 -iu\n"],
                [">>> ", "import time; print('now'); time.sleep(60)\n"], ["now\r\n", "\u{3}"],
                ["KeyboardInterrupt", "print(6 * 7)\n"], ["42\r\n", "exit(5)\n"],
            ]
            let result = try await typed(steps, "python")
            #expect(result.exit == .code(5), "\(result.stdout)")
        }

        @Test(
            "bench measures each way with its units, and the imports", arguments: Language.allCases)
        func bench(_ language: Language) async throws {
            try await CodeBoxCommand.use { codebox in
                let name = language.rawValue
                let text = try await codebox("runtime", "bench", name, "--runs", "2")
                #expect(text.exit == .code(0), "\(text.stderr)")
                #expect(text.stdout.contains(#/bare +\d+(\.\d+)? m?s/#), "\(text.stdout)")
                #expect(text.stdout.contains("forked  ") == (language != .bash))
                let result = try await codebox("runtime", "bench", name, "--runs", "3", "--json")
                let json = try JSONValue(parsing: Array(result.stdout.utf8))
                let ways = json["ways"]?.array?.compactMap { $0["way"]?.string } ?? []
                #expect(
                    ways
                        == (language == .bash
                            ? ["bare", "exec", "warm"] : ["bare", "exec", "forked", "warm"]))
                for way in json["ways"]?.array ?? [] {
                    let half = try #require(way["p50_us"]?.int)
                    #expect(half > 0 && half <= way["p95_us"]?.int ?? 0)
                }
                let imports = json["imports"]?.array ?? []
                #expect(imports.isEmpty == (language == .bash))
                let module = language == .node ? "crypto" : "json"
                let cost = imports.first { $0["module"]?.string == module }
                #expect(cost == nil || cost?["exec_p50_us"]?.int ?? 0 > 0)
            }
        }

        // MARK: Helpers

        /// Data and runtimes directories that a test may write.
        private func ownFolders(
            _ codebox: CodeBoxCommand, runtime: String? = nil
        ) throws -> [String: String] {
            let runtimes = codebox.scratch.path + "/own-runtimes"
            let files = FileManager.default
            try files.createDirectory(atPath: runtimes, withIntermediateDirectories: true)
            guard let runtime else {
                let data = codebox.scratch.path + "/own-data"
                try files.createDirectory(atPath: data, withIntermediateDirectories: true)
                return ["CODEBOX_RUNTIMES_DIR": runtimes, "CODEBOX_DATA_DIR": data]
            }
            try files.copyItem(
                atPath: "\(Installation.runtimes)/\(runtime)", toPath: "\(runtimes)/\(runtime)")
            return ["CODEBOX_RUNTIMES_DIR": runtimes]
        }

        private func valid(_ file: String, _ schema: String) async throws {
            let lint = try ChildProcess(
                "/usr/bin/xmllint", ["--noout", "--schema", schema, file], environment: [:])
            #expect(await lint.wait(within: .seconds(20)) == .code(0), "\(lint.stderr.text)")
        }

        /// Types at a terminal of `codebox runtime shell`.
        private func typed(_ steps: [[String]], _ runtime: String) async throws
            -> CodeBoxCommand.Result
        {
            let program = Self.repository + "/Tests/EndToEndTests/Programs/terminal.py"
            let list = String(decoding: try JSONEncoder().encode(steps), as: UTF8.self)
            var result: CodeBoxCommand.Result?
            try await CodeBoxCommand.use { codebox in
                var environment = Installation.environment(scratch: codebox.scratch.path)
                environment["CODEBOX_DATA_DIR"] = codebox.scratch.data
                let process = try ChildProcess(
                    "/usr/bin/python3",
                    [program, list, Installation.binary, "runtime", "shell", runtime],
                    environment: environment)
                result = try await codebox.finish(process, within: .seconds(60))
            }
            return try #require(result)
        }
    }
}

import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// The other commands, without a server.
    @Suite
    struct CommandLineTests {
        @Test("doctor finds this machine fit, one line a check")
        func doctor() async throws {
            try await CodeBoxCommand.use { codebox in
                let result = try await codebox("doctor")
                #expect(result.exit == .code(0), "\(result.stdout)\(result.stderr)")
                let text = result.stdout.lowercased()
                for word in [
                    "kernel", "namespace", "cgroup", "seccomp", "disk", "python", "node", "bash",
                ] {
                    #expect(text.contains(word), "\(word)")
                }
                #expect(!result.stdout.contains("\u{1b}["), "no colours where there is no terminal")
            }
        }

        @Test("doctor says what is missing and fails when no job could run")
        func doctorWithoutImages() async throws {
            try await CodeBoxCommand.use { codebox in
                let empty = codebox.scratch.path + "/empty"
                let result = try await codebox("doctor", environment: ["CODEBOX_DATA_DIR": empty])
                #expect(result.exit != .code(0))
                #expect(result.stdout.contains("codebox runtime build"))
            }
        }

        @Test("runtime list and show tell what is built")
        func runtimeList() async throws {
            try await CodeBoxCommand.use { codebox in
                let list = try await codebox("runtime", "list")
                #expect(list.exit == .code(0), "\(list.stderr)")
                for language in Language.allCases {
                    #expect(list.stdout.contains(language.rawValue))
                }
                let show = try await codebox("runtime", "show", "python")
                #expect(show.exit == .code(0), "\(show.stderr)")
                #expect(show.stdout.contains(#/[0-9a-f]{64}/#))
                let unknown = try await codebox("runtime", "show", "cobol")
                #expect(unknown.exit != .code(0))
                #expect(unknown.stderr.contains("cobol"))
            }
        }

        @Test("runtime test runs a runtime's own snippets", arguments: Language.allCases)
        func runtimeTest(_ language: Language) async throws {
            try await CodeBoxCommand.use { codebox in
                let result = try await codebox("runtime", "test", language.rawValue)
                #expect(result.exit == .code(0), "\(result.stdout)\(result.stderr)")
                #expect(result.stdout.split(separator: "\n").count > 3)
                #expect(result.stdout.contains("the image holds what its manifest names"))
            }
        }

        @Test("the runtimes of the current folder are not looked at, unless a flag names them")
        func foreignRuntimes() async throws {
            try await CodeBoxCommand.use { codebox in
                try codebox.scratch.lay(
                    """
                    name: trap
                    version: "1"
                    entrypoint: main.sh
                    command: [/usr/bin/sh, "{entrypoint}"]
                    image: {packages: [dash]}
                    """, at: "here/runtimes/trap/manifest.yaml")
                func list(_ flags: String) async throws -> String {
                    let line = "cd here && unset CODEBOX_RUNTIMES_DIR && exec \"$0\" runtime list "
                    var environment = Installation.environment(scratch: codebox.scratch.path)
                    environment["CODEBOX_DATA_DIR"] = codebox.scratch.data
                    let process = try ChildProcess(
                        "/bin/bash",
                        [
                            "-c", "cd '\(codebox.scratch.path)'; " + line + flags,
                            Installation.binary,
                        ], environment: environment)
                    let result = try await codebox.finish(process)
                    #expect(result.exit == .code(0), "\(result.stderr)")
                    return result.stdout
                }
                let without = try await list("")
                #expect(without.contains("python"), "the definitions beside the executable")
                #expect(!without.contains("trap"))
                #expect(try await list("--runtimes-dir runtimes").contains("trap"))
            }
        }

        @Test("runtime test fails for an image that lacks what its manifest names")
        func runtimeTestOfPoorImage() async throws {
            try await CodeBoxCommand.use { codebox in
                let manifest = """
                    name: poor
                    version: "1"
                    entrypoint: main.sh
                    command: [/usr/bin/sh, "{entrypoint}"]
                    environment: {LANG: C.UTF-8, PATH: /usr/bin}
                    image: {packages: [dash]}
                    """
                let data = codebox.scratch.path + "/poor-data"
                let digest = String(repeating: "5", count: 64)
                try codebox.scratch.lay(manifest, at: "runtimes/poor/manifest.yaml")
                try codebox.scratch.lay("[]", at: "runtimes/poor/tests/cases.yaml")
                try codebox.scratch.lay(manifest, at: "poor-data/images/\(digest)/manifest.yaml")
                try codebox.scratch.lay("", at: "poor-data/images/\(digest)/rootfs/usr/bin/sh")
                try codebox.scratch.lay(digest + "\n", at: "poor-data/tags/poor")
                let result = try await codebox(
                    "runtime", "test", "poor", "--data-dir", data, "--runtimes-dir",
                    codebox.scratch.path + "/runtimes")
                #expect(result.exit == .code(1), "\(result.stderr)")
                #expect(result.stdout.contains("LANG=C.UTF-8: the image has no such locale"))
                #expect(result.stdout.contains("the image has no program /usr/bin/sh"))
                #expect(!result.stdout.contains("PATH="))
            }
        }

        @Test(
            "a wrong command line gives status 64 and says how it should be",
            arguments: [
                ["bogus"], ["run"], ["run", "--no-such-flag", "x"], ["serve", "--port", "many"],
                ["runtime", "frobnicate"], ["jobs", "show"],
            ])
        func badUsage(_ arguments: [String]) async throws {
            try await CodeBoxCommand.use { codebox in
                let result = try await codebox.finish(codebox.start(arguments))
                guard case .code(let code) = result.exit else {
                    Issue.record("ended with \(result.exit)")
                    return
                }
                #expect(code >= 64 && code < 80)
                #expect(result.stdout == "")
                #expect(result.stderr.count > 20)
            }
        }

        @Test(
            "what can't be run is refused in words",
            arguments: [
                (["run", "/nonexistent/file.py", "--runtime", "python"], "/nonexistent/file.py"),
                (["run", "/etc/hostname", "--runtime", "cobol"], "cobol"),
                (
                    ["run", "/etc/hostname", "--runtime", "bash", "--limit", "wall_ms=99999999"],
                    "60000"
                ),
                (["run", "/etc/hostname", "--runtime", "bash", "--limit", "colour=1"], "wall_ms"),
                (["run", "/etc/hostname", "--runtime", "bash", "--limit", "memory=lots"], "lots"),
            ])
        func refusals(_ arguments: [String], _ word: String) async throws {
            try await CodeBoxCommand.use { codebox in
                let result = try await codebox.finish(codebox.start(arguments))
                #expect(result.exit != .code(0))
                #expect(result.stdout == "")
                #expect(result.stderr.contains(word), "\(result.stderr)")
            }
        }

        @Test(
            "every command explains itself",
            arguments: [
                [], ["serve"], ["run"], ["submit"], ["jobs"], ["jobs", "list"], ["jobs", "show"],
                ["jobs", "cancel"], ["runtime"], ["runtime", "build"], ["runtime", "test"],
                ["runtime", "new"], ["runtime", "shell"], ["runtime", "bench"],
                ["doctor"],
            ])
        func help(_ command: [String]) async throws {
            try await CodeBoxCommand.use { codebox in
                let result = try await codebox.finish(codebox.start(command + ["--help"]))
                #expect(result.exit == .code(0))
                #expect(result.stdout.contains("USAGE"))
                #expect(!result.stdout.contains("\u{1b}["))
            }
        }

        @Test("shell completion is there", arguments: ["bash", "zsh", "fish"])
        func completion(_ shell: String) async throws {
            try await CodeBoxCommand.use { codebox in
                let result = try await codebox("--generate-completion-script", shell)
                #expect(result.exit == .code(0))
                #expect(result.stdout.contains("doctor"))
            }
        }

        @Test(
            "serve refuses to be reachable by strangers without API keys",
            arguments: [
                "0.0.0.0", "::", "192.0.2.1",
            ])
        func noOpenBind(_ host: String) async throws {
            try await CodeBoxCommand.use { codebox in
                let result = try await codebox(
                    "serve", "--host", host, "--port", "0", within: .seconds(20))
                guard case .code(let code) = result.exit else {
                    Issue.record("ended with \(result.exit)")
                    return
                }
                #expect(code != 0)
                #expect(
                    result.stderr.localizedCaseInsensitiveContains("api key"), "\(result.stderr)")
                #expect(!result.stdout.contains("listening"))
            }
        }

        @Test("a data directory is used by one server at a time, and a port too")
        func oneServer() async throws {
            try await withServer { server in
                let command = CodeBoxCommand(scratch: server.scratch)
                let second = try await command("serve", "--port", "0", within: .seconds(20))
                #expect(second.exit != .code(0))
                #expect(second.stderr.contains(server.scratch.data))

                let port = String(server.api.base.split(separator: ":").last ?? "")
                try await CodeBoxCommand.use { codebox in
                    let third = try await codebox("serve", "--port", port, within: .seconds(20))
                    #expect(third.exit != .code(0))
                    #expect(third.stderr.contains(port), "\(third.stderr)")
                }
                #expect(try await server.api.run(JobBody(.bash, "echo on")).stdout.text == "on\n")
            }
        }

        @Test("with API keys nobody without one gets in")
        func apiKeys() async throws {
            let scratch = try Scratch()
            let key = "0123456789abcdef-a-key-of-the-tests"
            let file = try scratch.file("keys", "# keys\n\(key)\n")
            chmod(file, 0o600)
            let server = try await CodeBoxServer(
                scratch: scratch, arguments: ["--api-keys-file", file])
            let job = JobBody(.bash, "echo in")
            let none = try await server.api.post("/v1/run", job)
            #expect(none.status == 401)
            #expect(none.isProblem)
            #expect(none.headers["www-authenticate"]?.hasPrefix("Bearer") == true)
            var client = server.api
            client.key = "0123456789abcdef-another-key"
            #expect(try await client.post("/v1/run", job).status == 401)
            client.key = key
            #expect(try await client.run(job).stdout.text == "in\n")
            #expect(try await server.api.get("/healthz").status == 200)
            try await server.stop()
            scratch.remove()
        }
    }

    /// The commands that talk to a server.
    @Suite(.server)
    struct ClientCommandTests {
        func codebox(_ arguments: String..., stdin: String = "") async throws
            -> CodeBoxCommand.Result
        {
            try await codebox(arguments, stdin: stdin)
        }

        func codebox(_ arguments: [String], stdin: String = "") async throws
            -> CodeBoxCommand.Result
        {
            let server = try server
            let command = CodeBoxCommand(scratch: server.scratch)
            let process = try command.start(
                arguments, stdin: stdin, environment: ["CODEBOX_SERVER": server.api.base])
            return try await command.finish(process)
        }

        @Test("submit and wait prints what the program printed")
        func submitAndWait() async throws {
            let file = try server.scratch.file("w.py", "import sys; print('out', sys.argv[1:])")
            let result = try await codebox("submit", file, "-r", "python", "--wait", "--", "a", "b")
            #expect(result.stdout == "out ['a', 'b']\n", "\(result.stderr)")
            #expect(result.exit == .code(0))
            let failing = try server.scratch.file("f.sh", "echo no >&2; exit 4")
            let failed = try await codebox("submit", failing, "-r", "bash", "--wait")
            #expect(failed.exit == .code(1))
            #expect(failed.stderr.contains("no\n"))
        }

        @Test("a submitted job can be listed, shown, waited for and canceled")
        func jobs() async throws {
            let file = try server.scratch.file("j.sh", "echo shown; sleep \"$1\"")
            let quick = try await codebox(
                "submit", file, "-r", "bash", "--label", "team=blue", "--", "0")
            #expect(quick.exit == .code(0), "\(quick.stderr)")
            let id = quick.stdout.trimmingCharacters(in: .whitespacesAndNewlines)
            let waited = try await codebox("jobs", "wait", id)
            #expect(waited.stdout == "shown\n")
            let shown = try await codebox("jobs", "show", id)
            #expect(shown.stdout.contains("shown") && shown.stdout.contains("team=blue"))
            let listed = try await codebox("jobs", "list", "--label", "team=blue")
            #expect(listed.stdout.contains(id))

            let slow = try await codebox("submit", file, "-r", "bash", "--", "3600").stdout
                .trimmingCharacters(in: .whitespacesAndNewlines)
            try await server.api.running(slow)
            #expect(try await codebox("jobs", "cancel", slow).exit == .code(0))
            #expect(try await server.api.finished(slow).outcome == "canceled")
            let again = try await codebox("jobs", "cancel", slow)
            #expect(again.exit != .code(0))
            #expect(again.stderr.contains(slow) || again.stderr.contains("finished"))
        }

        @Test("what a client chose reaches no terminal as control characters")
        func hostileText() async throws {
            let job = JobBody(.bash, "exit 3").with {
                $0.labels = ["title\u{1b}]0;owned\u{7}": "\u{1b}[2J\u{9b}31m\r\n\u{202e}fake"]
            }
            let id = try await server.api.submit(job).id
            _ = try await server.api.finished(id)
            for command in [["jobs", "show", id], ["jobs", "list"], ["jobs", "wait", id]] {
                let result = try await codebox(command)
                #expect((result.stdout + result.stderr).contains(id))
                for scalar in (result.stdout + result.stderr).unicodeScalars where scalar != "\n" {
                    let isControl = scalar.properties.generalCategory == .control
                    #expect(!isControl && scalar != "\u{202e}", "\(command): \(scalar.value)")
                }
            }
            #expect(try await codebox(["jobs", "show", id]).stdout.contains("fake"))
        }

        @Test("without a server the commands say so")
        func noServer() async throws {
            let command = CodeBoxCommand(scratch: try server.scratch)
            let result = try await command(
                "jobs", "list", environment: ["CODEBOX_SERVER": "http://127.0.0.1:1"])
            #expect(result.exit == .code(69))
            #expect(result.stderr.contains("127.0.0.1:1"))
        }
    }
}

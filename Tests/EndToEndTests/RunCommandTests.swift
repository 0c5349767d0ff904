import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// `codebox run`: no server, the same sandbox.
    @Suite
    struct RunCommandTests {
        func fileName(_ language: Language) -> String {
            language.choose(python: "own.py", node: "own.js", bash: "own.sh")
        }

        @Test(
            "a file of one's own runs, and its output is all there is", arguments: Language.allCases
        )
        func file(_ language: Language) async throws {
            try await CodeBoxCommand.use { codebox in
                let file = try codebox.scratch.file(fileName(language), language.hello)
                let result = try await codebox("run", file, "--runtime", language.rawValue)
                #expect(result.stdout == "hello\n")
                #expect(result.stderr == "")
                #expect(result.exit == .code(0))
            }
        }

        @Test("the program's exit code is the command's", arguments: Language.allCases)
        func exitCode(_ language: Language) async throws {
            try await CodeBoxCommand.use { codebox in
                let source = language.choose(
                    python: "import sys\nprint('x', file=sys.stderr)\nsys.exit(7)",
                    node: "console.error('x'); process.exit(7)", bash: "echo x >&2; exit 7")
                let file = try codebox.scratch.file(fileName(language), source)
                let result = try await codebox("run", file, "--runtime", language.rawValue)
                #expect(result.exit == .code(7))
                #expect(result.stdout == "")
                #expect(result.stderr == "x\n")
            }
        }

        @Test("with --merge-output both streams are the command's stdout, in order")
        func mergedOutput() async throws {
            try await CodeBoxCommand.use { codebox in
                let file = try codebox.scratch.file("own.sh", "echo 1; echo 2 >&2; echo 3")
                let result = try await codebox("run", file, "--merge-output")
                #expect(result.stdout == "1\n2\n3\n")
                #expect(result.stderr == "")
            }
        }

        @Test("without --runtime the file's name or its #! line tells the runtime")
        func guess() async throws {
            try await CodeBoxCommand.use { codebox in
                let named = try codebox.scratch.file("own.js", "console.log(6 * 7)")
                #expect(try await codebox("run", named).stdout == "42\n")
                let typed = try codebox.scratch.file(
                    "own.ts", "const x: number = 6 * 7; console.log(x)")
                #expect(try await codebox("run", typed).stdout == "42\n")
                let marked = try codebox.scratch.file(
                    "tool", "#!/usr/bin/env python3\nimport sys; print(sys.version_info.major)")
                #expect(try await codebox("run", marked).stdout == "3\n")
                let other = try await codebox("run", named, "--runtime", "bash")
                #expect(other.exit != .code(0))
                let unknown = try codebox.scratch.file("notes.txt", "hello")
                let refused = try await codebox("run", unknown)
                #expect(refused.exit == .code(125))
                #expect(refused.stderr.contains("end with .txt"))
                #expect(refused.stderr.contains("--runtime: bash, node or python"))
            }
        }

        @Test("a program can come on standard input")
        func fromStandardInput() async throws {
            try await CodeBoxCommand.use { codebox in
                let result = try await codebox(
                    "run", "-", "--runtime", "python", stdin: "print(6 * 7)")
                #expect(result.stdout == "42\n")
                #expect(result.exit == .code(0))
            }
        }

        @Test("standard input, arguments and variables reach the program")
        func inputs() async throws {
            try await CodeBoxCommand.use { codebox in
                let file = try codebox.scratch.file(
                    "a.sh", "read -r line; echo \"$line|$1|$2|$COLOUR|$SERVER_SECRET\"")
                let result = try await codebox(
                    "run", file, "--runtime", "bash", "--env", "COLOUR=blue", "--", "a b", "--x",
                    stdin: "from stdin\n")
                #expect(result.stdout == "from stdin|a b|--x|blue|\n")
            }
        }

        @Test("output is shown as it comes, not at the end")
        func streaming() async throws {
            try await CodeBoxCommand.use { codebox in
                let file = try codebox.scratch.file(
                    "s.sh", "echo first; echo warn >&2; sleep 3; echo second")
                let process = try codebox.start(["run", file, "--runtime", "bash"])
                #expect(await process.stdout.wait(within: .seconds(20)) { $0 == "first\n" })
                #expect(await process.stderr.wait(within: .seconds(2)) { $0.contains("warn\n") })
                #expect(process.stdout.text == "first\n")
                #expect(!process.hasExited)
                let result = try await codebox.finish(process)
                #expect(result.stdout == "first\nsecond\n")
                #expect(result.exit == .code(0))
            }
        }

        @Test(
            "limits hold, and the exit code and a line on stderr tell which was hit",
            arguments: [
                ("wall_ms=500", "import time; time.sleep(60)", Int32(124), "wall"),
                ("cpu_ms=300", "while True: pass", 124, "cpu"),
                (
                    "memory_bytes=48MiB", "x = []\nwhile True: x.append(b'x' * (1 << 20))", 137,
                    "memory"
                ),
            ])
        func limits(_ limit: String, _ source: String, _ code: Int32, _ word: String) async throws {
            try await CodeBoxCommand.use { codebox in
                let file = try codebox.scratch.file("l.py", source)
                let result = try await codebox("run", file, "--runtime", "python", "--limit", limit)
                #expect(result.exit == .code(code))
                #expect(result.stderr.localizedCaseInsensitiveContains(word), "\(result.stderr)")
            }
        }

        @Test("a program killed by a signal gives 128 and the signal's number")
        func signaled() async throws {
            try await CodeBoxCommand.use { codebox in
                let file = try codebox.scratch.file("k.sh", "kill -TERM $$")
                #expect(try await codebox("run", file, "--runtime", "bash").exit == .code(143))
            }
        }

        @Test("--json prints the whole result as one JSON object")
        func json() async throws {
            try await CodeBoxCommand.use { codebox in
                let file = try codebox.scratch.file("j.sh", "echo out; echo err >&2; exit 3")
                let result = try await codebox("run", file, "--runtime", "bash", "--json")
                let json = try JSONValue(parsing: Array(result.stdout.utf8))
                #expect(json["outcome"] == "exited")
                #expect(json["exit_code"] == 3)
                #expect(json["stdout"] == "out\n")
                #expect(json["stderr"] == "err\n")
                #expect(json["limits"]?["wall_ms"]?.int != nil)
                #expect(json["runtime"]?["digest"]?.string?.count == 64)
                #expect(json["timings"]?["run_us"]?.int != nil)
                #expect(result.exit == .code(3))
            }
        }

        @Test(
            "Ctrl-C ends the program and the command, and leaves nothing",
            arguments: [SIGINT, SIGTERM])
        func interrupt(_ signal: Int32) async throws {
            try await CodeBoxCommand.use { codebox in
                let file = try codebox.scratch.file("i.sh", Language.bash.sleeper)
                let process = try codebox.start(["run", file, "--runtime", "bash"])
                #expect(await process.stdout.wait(within: .seconds(10)) { $0 == "up\n" })
                let start = ContinuousClock.now
                process.send(signal)
                let result = try await codebox.finish(process, within: .seconds(10))
                #expect(ContinuousClock.now - start < .seconds(3))
                #expect([.code(128 + signal), .signal(signal), .code(130)].contains(result.exit))
            }
        }

        @Test("kill -9 of the command leaves nothing either")
        func killed() async throws {
            try await CodeBoxCommand.use { codebox in
                let watch = SandboxWatch()
                let file = try codebox.scratch.file("i.sh", Language.bash.sleeper)
                let process = try codebox.start([
                    "run", file, "--runtime", "bash", "--", watch.mark,
                ])
                #expect(await process.stdout.wait(within: .seconds(10)) { $0 == "up\n" })
                process.send(SIGKILL)
                _ = try await codebox.finish(process, within: .seconds(5))
                #expect(await watch.gone() == nil)
            }
        }

        @Test("the sandbox is the server's: no network, no privilege, nothing of the host")
        func sameSandbox() async throws {
            try await CodeBoxCommand.use { codebox in
                let file = try codebox.scratch.file(
                    "s.py",
                    """
                    import os, socket
                    lines = open('/proc/self/status').read().splitlines()
                    status = dict(map(str.strip, l.split(':', 1)) for l in lines)
                    kept = [status[name] for name in ('CapBnd', 'NoNewPrivs', 'Seccomp')]
                    print(os.getuid(), socket.gethostname(), *kept,
                          len(os.listdir('/proc/self/fd')) == 4,
                          os.path.exists('\(codebox.scratch.path)'))
                    """)
                let result = try await codebox("run", file, "--runtime", "python")
                #expect(
                    result.stdout == "1000 codebox 0000000000000000 1 2 True False\n",
                    "\(result.stderr)")
            }
        }

        @Test("10 MB of output pass through whole, and binary output is not touched")
        func largeOutput() async throws {
            try await CodeBoxCommand.use { codebox in
                let file = try codebox.scratch.file(
                    "b.py",
                    "import sys\nsys.stdout.buffer.write(bytes([255, 0, 10]) + b'x' * 10_000_000)")
                let process = try codebox.start(
                    ["run", file, "--runtime", "python", "--limit", "output=16MiB"])
                let result = try await codebox.finish(process)
                #expect(result.exit == .code(0))
                #expect(process.stdout.bytes.count == 10_000_003)
                #expect(process.stdout.bytes.prefix(3) == [255, 0, 10])
            }
        }
    }
}

import Foundation
import Testing

extension EndToEnd {
    /// What every runtime must do alike.
    @Suite(.server)
    struct JobsTests {
        @Test("a program's output and success come back", arguments: Language.allCases)
        func success(_ language: Language) async throws {
            let job = try await run(JobBody(language, language.hello))
            #expect(job.state == "finished")
            #expect(job.outcome == "exited")
            #expect(job.exitCode == 0)
            #expect(job.signal == nil)
            #expect(job.stdout.text == "hello\n")
            #expect(job.stderr.text == "")
            #expect(job.runtime?.name == language.rawValue)
            #expect(job.runtime?.digest?.count == 64)
            #expect(job.attempt == 1)
        }

        @Test("usage and timings are told and plausible", arguments: Language.allCases)
        func usage(_ language: Language) async throws {
            let source = language.choose(
                python: "import time\ntime.sleep(0.2)\nx = bytearray(20_000_000)",
                // Its timers count whole milliseconds, the one that has begun among them.
                node: "const x = Buffer.alloc(20_000_000, 1); setTimeout(() => x.length, 201)",
                bash: "sleep 0.2; x=$(printf 'y%.0s' {1..200000})")
            let job = try await run(JobBody(language, source))
            let usage = try #require(job.usage)
            let timings = try #require(job.timings)
            #expect(usage.wallUs >= 200_000)
            #expect(usage.wallUs < 5_000_000)
            #expect(usage.cpuUserUs + usage.cpuSystemUs > 0)
            #expect(usage.memoryPeakBytes > 500_000)
            if language != .bash { #expect(usage.memoryPeakBytes > 20_000_000) }
            #expect(timings.runUs >= 200_000)
            #expect(timings.startupUs > 0)
            #expect(timings.startupUs < 5_000_000)
            #expect(timings.queuedUs >= 0)
            #expect(timings.finishUs >= 0)
        }

        @Test("standard error is kept apart from standard output", arguments: Language.allCases)
        func standardError(_ language: Language) async throws {
            let source = language.choose(
                python: "import sys\nprint('out')\nprint('oops', file=sys.stderr)",
                node: "console.log('out'); console.error('oops')",
                bash: "echo out; echo oops >&2")
            let job = try await run(JobBody(language, source))
            #expect(job.stdout.text == "out\n")
            #expect(job.stderr.text == "oops\n")
            #expect(job.exitCode == 0)
        }

        @Test("the exit code is the program's own", arguments: Language.allCases, [1, 3, 255])
        func exitCode(_ language: Language, _ code: Int) async throws {
            let source = language.choose(
                python: "import sys\nsys.exit(\(code))", node: "process.exit(\(code))",
                bash: "exit \(code)")
            let job = try await run(JobBody(language, source))
            #expect(job.outcome == "exited")
            #expect(job.exitCode == code)
        }

        @Test(
            "a program killed by its own signal is told by the signal's number",
            arguments: Language.allCases)
        func ownSignal(_ language: Language) async throws {
            let source = language.choose(
                python: "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)",
                node: "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 5000)",
                bash: "kill -TERM $$")
            let job = try await run(JobBody(language, source))
            #expect(job.outcome == "signaled")
            #expect(job.signal == "SIGTERM")
            #expect(job.exitCode == nil)
        }

        @Test(
            "a SIGKILL that the program gives itself is not mistaken for a limit",
            arguments: Language.allCases)
        func ownKill(_ language: Language) async throws {
            let source = language.choose(
                python: "import os\nos.kill(os.getpid(), 9)",
                node: "process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 5000)",
                bash: "kill -KILL $$")
            let job = try await run(JobBody(language, source))
            #expect(job.outcome == "signaled")
            #expect(job.signal == "SIGKILL")
        }

        @Test("an uncaught exception gives its trace and code 1", arguments: Language.allCases)
        func uncaught(_ language: Language) async throws {
            let source = language.choose(
                python: "def f():\n    raise ValueError('boom')\nprint('before')\nf()",
                node: "console.log('before'); function f() { throw new RangeError('boom') } f()",
                bash: "set -u; echo before; echo \"$boom\"; echo after")
            let expected = language.choose(
                python: "ValueError: boom", node: "RangeError: boom", bash: "boom: unbound variable"
            )
            let job = try await run(JobBody(language, source))
            #expect(job.outcome == "exited")
            #expect(job.exitCode == 1)
            #expect(job.stdout.text == "before\n")
            #expect(job.stderr.text.contains(expected))
        }

        @Test(
            "a program that does not parse fails as the bare interpreter would",
            arguments: Language.allCases)
        func syntaxError(_ language: Language) async throws {
            let source = language.choose(
                python: "print((", node: "console.log((", bash: "if then (")
            let job = try await run(JobBody(language, source))
            #expect(job.outcome == "exited")
            #expect(job.exitCode == language.choose(python: 1, node: 1, bash: 2))
            #expect(job.stderr.text.localizedCaseInsensitiveContains("syntax"))
            #expect(job.stdout.text == "")
        }

        @Test("standard input arrives whole and ends", arguments: Language.allCases)
        func stdin(_ language: Language) async throws {
            let source = language.choose(
                python: "import sys\nprint(len(sys.stdin.read()))",
                node: "console.log(require('fs').readFileSync(0, 'utf8').length)",
                bash: "IFS= read -r -d '' data; echo ${#data}")
            for length in [0, 5, 200_000] {
                let job = try await run(
                    JobBody(language, source).with {
                        $0.stdin = String(repeating: "x", count: length)
                    })
                #expect(job.stdout.text == "\(length)\n")
            }
        }

        @Test("without stdin a program reads the end at once", arguments: Language.allCases)
        func noStdin(_ language: Language) async throws {
            let source = language.choose(
                python: "print(repr(__import__('sys').stdin.read()))",
                node: """
                    process.stdin.on('data', () => console.log('data'))
                        .on('end', () => console.log('end'))
                    """,
                bash: "read -r x; echo \"$?\"")
            let job = try await run(JobBody(language, source))
            #expect(job.stdout.text == language.choose(python: "''\n", node: "end\n", bash: "1\n"))
        }

        @Test("arguments arrive as they were given", arguments: Language.allCases)
        func arguments(_ language: Language) async throws {
            let source = language.choose(
                python: "import sys\nprint('|'.join(sys.argv[1:]), end='')",
                node: "process.stdout.write(process.argv.slice(2).join('|'))",
                bash: "IFS='|'; printf '%s' \"$*\"")
            let given = ["a b", "", "--flag", "-x", "ünï", "$(id)", "'\"\\", "*"]
            let job = try await run(JobBody(language, source).with { $0.args = given })
            #expect(job.stdout.text == given.joined(separator: "|"))
        }

        @Test(
            "environment variables arrive, and the server's own do not",
            arguments: Language.allCases)
        func environment(_ language: Language) async throws {
            let source = language.choose(
                python: "import os\nfor k, v in os.environ.items(): print(f'{k}={v}')",
                node: "for (const [k, v] of Object.entries(process.env)) console.log(`${k}=${v}`)",
                bash: "for name in $(compgen -e); do echo \"$name=${!name}\"; done")
            let job = try await run(
                JobBody(language, source).with { $0.env = ["GREETING": "hé=l lo", "EMPTY": ""] })
            let lines = Set(job.stdout.text.split(separator: "\n").map(String.init))
            #expect(lines.contains("GREETING=hé=l lo"))
            #expect(lines.contains("EMPTY="))
            #expect(!job.stdout.text.contains("must-not-reach-a-job"))
            #expect(!job.stdout.text.contains("codebox-e2e"))
            let names = Set(lines.compactMap { $0.split(separator: "=").first.map(String.init) })
            let known: Set = [
                "GREETING", "EMPTY", "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TERM",
                "USER", "LOGNAME", "SHELL", "PWD", "OLDPWD", "SHLVL", "_", "HOSTNAME",
            ]
            let foreign = names.subtracting(known).filter {
                !$0.hasPrefix("PYTHON") && !$0.hasPrefix("NODE") && !$0.hasPrefix("NPM")
                    && !$0.hasPrefix("UV_") && !$0.hasPrefix("MALLOC_")
            }
            #expect(foreign.isEmpty)
        }

        @Test(
            "the program starts in the workspace and can write there", arguments: Language.allCases)
        func workspace(_ language: Language) async throws {
            let source = language.choose(
                python: """
                    import os
                    open('new', 'w').write('x')
                    print(os.getcwd(), sorted(os.listdir()))
                    """,
                node: """
                    const fs = require('fs'); fs.writeFileSync('new', 'x')
                    console.log(process.cwd(), fs.readdirSync('.').length)
                    """,
                bash: "echo x > new; echo \"$PWD\" *")
            let job = try await run(JobBody(language, source))
            #expect(job.exitCode == 0)
            #expect(job.stdout.text.hasPrefix("/workspace "))
        }
    }
}

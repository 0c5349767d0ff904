import Foundation
import Testing

extension EndToEnd {
    /// Each limit is enforced, and a job that hit it says so by name.
    @Suite(.server)
    struct LimitsTests {
        @Test(
            "a job longer than wall_ms is killed and keeps what it had printed",
            arguments: Language.allCases)
        func wallTime(_ language: Language) async throws {
            let start = ContinuousClock.now
            let job = try await run(JobBody(language, language.sleeper).limited { $0.wallMs = 800 })
            let elapsed = ContinuousClock.now - start
            #expect(job.outcome == "wall_time_exceeded")
            #expect(job.exitCode == nil)
            #expect(job.stdout.text == "up\n")
            #expect(elapsed >= .milliseconds(800))
            #expect(elapsed < .seconds(4))
            #expect((job.usage?.wallUs ?? 0) >= 790_000)
        }

        @Test("a job that spends more than cpu_ms is killed", arguments: Language.allCases)
        func cpuTime(_ language: Language) async throws {
            let source = language.choose(
                python: "while True: pass", node: "for (;;) {}", bash: "while :; do :; done")
            let job = try await run(
                JobBody(language, source).limited {
                    $0.cpuMs = 400
                    $0.wallMs = 20_000
                })
            #expect(job.outcome == "cpu_time_exceeded")
            let usage = try #require(job.usage)
            let spent = usage.cpuUserUs + usage.cpuSystemUs
            #expect(spent >= 390_000)
            #expect(spent < 1_500_000)
        }

        @Test(
            "CPU time counts all processes together, those at work and those that ended",
            arguments: [
                "import os\nos.fork(); os.fork()\nwhile True: pass",
                """
                import os
                while True:
                    if os.fork() == 0:
                        for i in range(300_000): pass
                        os._exit(0)
                    os.wait()
                """,
                """
                import threading
                for _ in range(3): threading.Thread(target=lambda: any(iter(int, 1))).start()
                """,
            ])
        func cpuTimeOfMany(_ source: String) async throws {
            let job = try await run(
                JobBody(.python, source).limited {
                    $0.cpuMs = 500
                    $0.wallMs = 20_000
                })
            #expect(job.outcome == "cpu_time_exceeded")
        }

        @Test("sleeping costs no CPU time")
        func sleepIsFree() async throws {
            let job = try await run(
                JobBody(.python, "import time\ntime.sleep(1)").limited { $0.cpuMs = 500 })
            #expect(job.outcome == "exited")
        }

        @Test(
            "a job that touches more than memory_bytes is told memory_exceeded",
            arguments: Language.allCases)
        func memory(_ language: Language) async throws {
            let source = language.choose(
                python: "x = []\nwhile True: x.append(b'x' * (1 << 20))",
                node: "const x = []; for (;;) x.push(Buffer.alloc(1 << 20, 1))",
                bash: "x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done")
            let job = try await run(JobBody(language, source).limited { $0.memoryBytes = 96 << 20 })
            #expect(job.outcome == "memory_exceeded")
            #expect((job.usage?.memoryPeakBytes ?? 0) <= 97 << 20)
        }

        @Test("memory_exceeded is told even when only a child is killed")
        func memoryOfChild() async throws {
            let source = """
                import os
                if os.fork() == 0:
                    x = []
                    while True: x.append(b'x' * (1 << 20))
                os.wait()
                """
            let job = try await run(JobBody(.python, source).limited { $0.memoryBytes = 64 << 20 })
            #expect(job.outcome == "memory_exceeded")
        }

        @Test("memory just below the limit may be used")
        func memoryBelow() async throws {
            let job = try await run(
                JobBody(.python, "x = b'x' * (150 << 20)\nprint(len(x))").limited {
                    $0.memoryBytes = 256 << 20
                })
            #expect(job.outcome == "exited")
            #expect(job.exitCode == 0)
            #expect((job.usage?.memoryPeakBytes ?? 0) > 150 << 20)
        }

        @Test(
            "tmpfs is memory: filling one beyond memory_bytes ends the job",
            arguments: ["/workspace", "/tmp"])
        func tmpfsMemory(_ folder: String) async throws {
            let source = """
                with open('\(folder)/fill', 'wb') as f:
                    for _ in range(200): f.write(b'x' * (1 << 20))
                """
            let job = try await run(
                JobBody(.python, source).limited {
                    $0.memoryBytes = 64 << 20
                    $0.workspaceBytes = 512 << 20
                })
            #expect(job.outcome == "memory_exceeded")
        }

        @Test(
            "every place that can be written to is bounded",
            arguments: ["/workspace", "/tmp", "/dev/shm"])
        func writableSizes(_ folder: String) async throws {
            let source = """
                import os
                total, error = 0, None
                for i in range(64):
                    try:
                        with open(f'\(folder)/{i}', 'wb', buffering=0) as f:
                            for _ in range(8): total += f.write(b'x' * (128 << 10))
                    except OSError as e:
                        error = e.errno
                        break
                print(total, error)
                """
            let job = try await run(
                JobBody(.python, source).limited {
                    $0.workspaceBytes = 4 << 20
                    $0.memoryBytes = 256 << 20
                })
            let words = job.stdout.text.split { $0.isWhitespace }.map(String.init)
            let total = try #require(words.first.flatMap { Int($0) }, "\(job)")
            #expect(words.last == "28", "ENOSPC")
            if folder != "/dev/shm" { #expect(total <= 4 << 20) }
            #expect(total < 64 << 20)
        }

        @Test("no file may grow beyond workspace_bytes")
        func fileSize() async throws {
            let source = """
                import os, resource
                print(resource.getrlimit(resource.RLIMIT_FSIZE)[0] <= 1 << 20)
                f = os.open('/tmp/f', os.O_CREAT | os.O_RDWR)
                try:
                    os.truncate('/tmp/f', 1 << 30)
                    print('sparse')
                except OSError as e: print(e.errno in (27, 28))
                """
            let job = try await run(
                JobBody(.python, source).limited { $0.workspaceBytes = 1 << 20 })
            #expect(job.stdout.text == "True\nTrue\n")
        }

        @Test(
            "processes counts the program and all its children and threads",
            arguments: ["fork", "thread"])
        func processes(_ kind: String) async throws {
            let source = """
                import os, threading, time
                made, error = 0, None
                event = threading.Event()
                try:
                    for _ in range(100):
                        if '\(kind)' == 'fork':
                            if os.fork() == 0:
                                time.sleep(60)
                        else:
                            threading.Thread(target=event.wait, daemon=True).start()
                        made += 1
                except (OSError, RuntimeError) as e: error = type(e).__name__
                print(made, error, flush=True)
                os._exit(0)
                """
            let job = try await run(JobBody(.python, source).limited { $0.processes = 8 })
            let error = kind == "fork" ? "BlockingIOError" : "RuntimeError"
            #expect(job.stdout.text == "7 \(error)\n")
            #expect(job.outcome == "exited")
        }

        @Test(
            "open_files is the most a process can have open, forked or not",
            arguments: [50, 1024], [nil, "off"])
        func openFiles(_ count: Int, _ zygote: String?) async throws {
            let source = """
                import os, resource
                count = 3
                try:
                    while count < 5000:
                        os.dup(0)
                        count += 1
                except OSError as e: print(count, e.errno)
                print(resource.getrlimit(resource.RLIMIT_NOFILE))
                """
            let body = JobBody(.python, source).with { $0.zygote = zygote }
            let job = try await run(body.limited { $0.openFiles = count })
            #expect(job.stdout.text == "\(count) 24\n(\(count), \(count))\n")
        }

        @Test("a program that recurses too deeply for stack_bytes gets SIGSEGV")
        func stack() async throws {
            let source = "f() { [ $1 = 0 ] || f $(($1 - 1)); }\nulimit -Ss; f 4000; echo deep"
            for (bytes, outcome, stdout) in [
                (nil, "exited", "8192\ndeep\n"), (1 << 20, "signaled", "1024\n"),
                (64 << 20, "exited", "65536\ndeep\n"),
            ] {
                let job = try await run(JobBody(.bash, source).limited { $0.stackBytes = bytes })
                #expect(job.outcome == outcome)
                #expect(job.stdout.text == stdout)
                #expect(job.limits?.stackBytes == bytes ?? 8 << 20)
            }
        }

        @Test("a program can raise its stack itself, beyond stack_bytes")
        func stackRaised() async throws {
            let source = """
                import resource
                limit = resource.RLIMIT_STACK
                print(resource.getrlimit(limit))
                resource.setrlimit(limit, (-1, -1))
                print(resource.getrlimit(limit))
                """
            let job = try await run(
                JobBody(.python, source).limited { $0.stackBytes = 2 << 20 })
            #expect(job.stdout.text == "(2097152, -1)\n(-1, -1)\n")
        }

        @Test("cpus slows a job down to its share")
        func cpuShare() async throws {
            let source = "import time\nend = time.time() + 2\nwhile time.time() < end: pass"
            let job = try await run(JobBody(.python, source).limited { $0.cpus = 0.2 })
            let usage = try #require(job.usage)
            #expect(job.outcome == "exited")
            #expect(usage.cpuUserUs + usage.cpuSystemUs < 800_000)
        }

        @Test("the answer carries the limits that were asked for, and defaults for the rest")
        func effectiveLimits() async throws {
            let job = try await run(
                JobBody(.python, "print(1)").limited {
                    $0.wallMs = 7_000
                    $0.memoryBytes = 100 << 20
                    $0.cpus = 0.5
                    $0.processes = 9
                    $0.openFiles = 77
                })
            let limits = try #require(job.limits)
            #expect(limits.wallMs == 7_000)
            #expect(limits.memoryBytes == 100 << 20)
            #expect(limits.cpus == 0.5)
            #expect(limits.processes == 9)
            #expect(limits.openFiles == 77)
            let plain = try #require(try await run(JobBody(.python, "print(1)")).limits)
            #expect(plain.wallMs == 10_000)
            #expect(plain.memoryBytes == 128 << 20)
            #expect(limits.outputBytes == plain.outputBytes)
            #expect(limits.workspaceBytes == plain.workspaceBytes)
        }

        @Test(
            "asking above a ceiling is refused with the field and the maximum",
            arguments: [
                ("wall_ms", 60_001, "60000"), ("cpu_ms", 60_001, "60000"),
                ("memory_bytes", (1 << 30) + 1, "1073741824"), ("cpus", 1_000, "4"),
                ("processes", 100_000, "512"), ("workspace_bytes", 1 << 40, "536870912"),
                ("open_files", 1_000_000, "4096"), ("stack_bytes", 1 << 40, "1073741824"),
                ("output_bytes", 1 << 40, "16777216"),
            ])
        func aboveCeiling(_ field: String, _ value: Int, _ maximum: String) async throws {
            for path in ["/v1/run", "/v1/jobs"] {
                let answer = try await server.api.post(
                    path,
                    json: [
                        "runtime": "python", "source": "print(1)",
                        "limits": [field: .number(Double(value))],
                    ])
                #expect(answer.status == 422)
                #expect(answer.isProblem)
                #expect(answer.text.contains("limits.\(field)"))
                #expect(answer.text.contains(maximum))
            }
        }

        @Test(
            "too few processes or open files for an interpreter are refused, and the least work",
            arguments: ["on", "off"])
        func least(_ zygote: String) async throws {
            let source = """
                const { readFile } = require('fs/promises')
                const { createServer, connect } = require('net')
                const server = createServer((c) => c.end('pong'))
                server.listen(0, async () => {
                  await readFile('/etc/passwd')
                  await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))
                  connect(server.address().port).on('data', (data) => console.log(`${data}`))
                    .on('close', () => server.close())
                })
                """
            func post(_ field: String, _ value: Int) async throws -> APIClient.Answer {
                try await server.api.post(
                    "/v1/run",
                    json: [
                        "runtime": "node", "source": .string(source), "zygote": .string(zygote),
                        "limits": [field: .number(Double(value))],
                    ])
            }
            for (field, least) in [("processes", 11), ("open_files", 32)] {
                let refusal = try await post(field, least - 1)
                #expect(refusal.status == 422)
                let reason = "limits.\(field) is \(least - 1); the minimum is \(least)"
                #expect(refusal.text.contains(reason))
                let job = try await post(field, least)
                #expect(job.status == 200)
                #expect(job.text.contains(#""stdout":"pong\n""#), "\(job.text)")
            }
        }

        @Test(
            "limits that make no sense are refused by name",
            arguments: [
                ("wall_ms", JSONValue.number(0)), ("wall_ms", -5), ("cpu_ms", "ten"), ("cpus", -1),
                ("memory_bytes", 1), ("processes", 0), ("open_files", -1), ("output_bytes", -1),
                ("wall_ms", .number(1.5)), ("wall_ms", .number(1e30)),
            ])
        func senseless(_ field: String, _ value: JSONValue) async throws {
            let answer = try await server.api.post(
                "/v1/run",
                json: ["runtime": "python", "source": "print(1)", "limits": [field: value]])
            #expect((400..<500).contains(answer.status))
            #expect(answer.isProblem)
            #expect(answer.text.contains("limits.\(field)"))
        }
    }
}

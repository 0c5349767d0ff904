import Foundation
import Testing

extension EndToEnd {
    /// `merge_output`: one pipe for both streams of a program.
    @Suite(.server(environment: ["CODEBOX_ZYGOTES": "on", "CODEBOX_SLOTS": "4"]))
    struct MergedOutputTests {
        /// Writes `0` to `999` to stdout and stderr in turn, the last ones by a child.
        static func counting(_ language: Language) -> String {
            language.choose(
                python: """
                    import os, subprocess, sys
                    for i in range(990):
                        print(i, file=(sys.stdout, sys.stderr)[i % 2], flush=True)
                    code = "import os\\nfor i in range(990, 1000): os.write(i % 2 + 1, b'%d\\\\n' % i)"
                    subprocess.run([sys.executable, "-c", code])
                    """,
                node: """
                    for (let i = 0; i < 990; i++) (i % 2 ? process.stderr : process.stdout)
                        .write(`${i}\n`)
                    const code = "for i in 0 2 4 6 8; do echo 99$i; echo 99$((i + 1)) >&2; done"
                    require("child_process").spawnSync("sh", ["-c", code], { stdio: "inherit" })
                    """,
                bash: """
                    for ((i = 0; i < 990; i += 2)); do echo $i; echo $((i + 1)) >&2; done
                    bash -c 'for i in 0 2 4 6 8; do echo 99$i; echo 99$((i + 1)) >&2; done'
                    """)
        }

        static let inOrder = (0..<1000).map { "\($0)\n" }.joined()

        func merged(_ language: Language, _ source: String) -> JobBody {
            JobBody(language, source).with { $0.mergeOutput = true }
        }

        /// Runs a job in a forked interpreter, if its runtime has a zygote.
        func forked(_ body: JobBody, _ language: Language) async throws -> JobAnswer {
            // Until its zygote is up, a runtime's programs are exec'ed.
            let late = try await remaining(after: .seconds(30)) { () -> String? in
                let isForked = try await run(JobBody(language, "")).timings?.forked
                return language == .bash || isForked == true ? nil : "no zygote of \(language)"
            }
            #expect(late == nil)
            let answer = try await run(body)
            #expect(answer.timings?.forked == (language != .bash))
            return answer
        }

        @Test("both streams come back in the order of the writes", arguments: Language.allCases)
        func order(_ language: Language) async throws {
            let body = merged(language, Self.counting(language)).limited { $0.processes = 32 }
            for answer in [
                try await forked(body, language), try await run(body.with { $0.zygote = "off" }),
            ] {
                #expect(answer.outcome == "exited")
                #expect(answer.stdout.text == Self.inOrder)
                #expect(answer.stdout.totalBytes == Self.inOrder.utf8.count)
                #expect(answer.stderr.bytes.isEmpty)
                #expect(answer.stderr.totalBytes == 0)
            }
        }

        @Test("output_bytes bounds both streams together", arguments: Language.allCases)
        func bound(_ language: Language) async throws {
            let source = language.choose(
                python: """
                    import os
                    for i in range(400): os.write(i % 2 + 1, (b"1" * 50, b"2" * 50)[i % 2])
                    """,
                node: """
                    const fs = require("fs")
                    for (let i = 0; i < 400; i++) fs.writeSync(i % 2 + 1, `${i % 2 + 1}`.repeat(50))
                    """,
                bash: """
                    o=$(printf '1%.0s' {1..50}) e=$(printf '2%.0s' {1..50})
                    for ((i = 0; i < 200; i++)); do printf %s $o; printf %s $e >&2; done
                    """)
            let answer = try await run(merged(language, source).limited { $0.outputBytes = 15_000 })
            #expect(answer.outcome == "exited")
            #expect(answer.stdout.bytes.count == 15_000)
            #expect(answer.stdout.totalBytes == 20_000)
            #expect(answer.stdout.isTruncated)
            let ones = answer.stdout.bytes.count { $0 == UInt8(ascii: "1") }
            #expect(ones == 7_500)
            #expect(answer.stderr.totalBytes == 0)
        }

        @Test("the program has one pipe and no other descriptor", arguments: Language.allCases)
        func descriptors(_ language: Language) async throws {
            let source = language.choose(
                python: """
                    import os, stat
                    numbers = os.listdir("/proc/self/fd")
                    print([n for n in numbers if os.path.exists(f"/proc/self/fd/{n}")])
                    print(os.path.sameopenfile(1, 2), stat.S_ISFIFO(os.fstat(2).st_mode))
                    """,
                node: """
                    const { fstatSync, existsSync } = require("fs")
                    console.log(existsSync("/proc/self/fd/63"))
                    console.log(fstatSync(1).ino === fstatSync(2).ino, fstatSync(2).isFIFO())
                    """,
                bash: """
                    # `ls` has the folder itself open as 3.
                    ls /proc/self/fd | tr '\\n' ' '
                    [ /dev/fd/1 -ef /dev/fd/2 ] && echo same
                    """)
            let expected = language.choose(
                python: "['0', '1', '2']\nTrue True\n", node: "false\ntrue true\n",
                bash: "0 1 2 3 same\n")
            let body = merged(language, source)
            #expect(try await forked(body, language).stdout.text == expected)
            #expect(try await run(body.with { $0.zygote = "off" }).stdout.text == expected)
        }

        @Test("without it the streams stay apart, also beside jobs with it")
        func apart() async throws {
            let body = JobBody(.python, "import os\nos.write(1, b'out')\nos.write(2, b'err')")
            for _ in 0..<20 {
                async let joined = run(body.with { $0.mergeOutput = true })
                async let separate = run(body)
                #expect(try await joined.stdout.text == "outerr")
                #expect(try await separate.stdout.text == "out")
                #expect(try await separate.stderr.text == "err")
            }
        }

        @Test("stored jobs and batches have it, too, and their answers say so")
        func everywhere() async throws {
            let api = try server.api
            let body = merged(.bash, "echo 1; echo 2 >&2; echo 3")
            let id = try await api.submit(body).id
            #expect(try await api.finished(id).stdout.text == "1\n2\n3\n")
            #expect(try await api.get("/v1/jobs/\(id)").text.contains(#""merge_output":true"#))
            var stream = try await BatchStream([body], on: api)
            #expect(try await stream.next()?.job?.stdout.text == "1\n2\n3\n")
            let plain = try await api.post("/v1/run", JobBody(.bash, "echo 1"))
            #expect(plain.text.contains(#""merge_output":false"#))
        }

        @Test("a flood on both streams at once neither blocks nor passes the limit")
        func flood() async throws {
            let source = """
                import os, threading
                def flood(fd):
                    for _ in range(100): os.write(fd, b"x" * 100_000)
                threads = [threading.Thread(target=flood, args=(fd,)) for fd in (1, 2, 1, 2)]
                for thread in threads: thread.start()
                for thread in threads: thread.join()
                """
            let answer = try await run(
                merged(.python, source).limited { $0.outputBytes = 1 << 20 })
            #expect(answer.outcome == "exited")
            #expect(answer.stdout.bytes.count == 1 << 20)
            #expect(answer.stdout.totalBytes == 40_000_000)
        }
    }
}

import Foundation
import Testing

extension EndToEnd {
    /// What a program writes comes back exactly, and too much of it is cut and counted.
    @Suite(.server)
    struct OutputTests {
        @Test("unicode comes back as it was written", arguments: Language.allCases)
        func unicode(_ language: Language) async throws {
            let text = "grüße 🦆 日本語 \u{1F468}\u{200D}\u{1F469} \u{FEFF}x\ttab \\n \"quoted\""
            let source = language.choose(
                python: "import sys\nsys.stdout.write(sys.argv[1])",
                node: "process.stdout.write(process.argv[2])", bash: "printf '%s' \"$1\"")
            let job = try await run(JobBody(language, source).with { $0.args = [text] })
            #expect(job.stdout.text == text)
        }

        @Test("unicode in the source itself is understood", arguments: Language.allCases)
        func unicodeSource(_ language: Language) async throws {
            let source = language.choose(
                python: "print('grüße 🦆')", node: "console.log('grüße 🦆')", bash: "echo 'grüße 🦆'")
            #expect(try await run(JobBody(language, source)).stdout.text == "grüße 🦆\n")
        }

        @Test(
            "bytes that are not UTF-8 come back exactly, on both streams",
            arguments: Language.allCases)
        func binary(_ language: Language) async throws {
            let source = language.choose(
                python: """
                    import sys
                    sys.stdout.buffer.write(bytes(range(256)))
                    sys.stderr.buffer.write(bytes([255, 0, 254]))
                    """,
                node: """
                    process.stdout.write(Buffer.from(Array.from({ length: 256 }, (_, i) => i)))
                    process.stderr.write(Buffer.from([255, 0, 254]))
                    """,
                bash: """
                    for ((i = 0; i < 256; i++)); do printf "\\\\x$(printf %x $i)"; done
                    printf '\\xff\\x00\\xfe' >&2
                    """)
            let job = try await run(JobBody(language, source))
            #expect(job.stdout.bytes == Array(0...255))
            #expect(job.stderr.bytes == [255, 0, 254])
        }

        @Test("NUL and control characters in valid UTF-8 survive")
        func controlCharacters() async throws {
            let job = try await run(JobBody(.python, "print('a\\0b\\x1b[31m\\x7f\\r\\n', end='')"))
            #expect(job.stdout.bytes == Array("a\0b\u{1b}[31m\u{7f}\r\n".utf8))
        }

        @Test(
            "10 MB of output are cut at the limit and counted, and the program is not killed",
            arguments: Language.allCases)
        func tenMegabytes(_ language: Language) async throws {
            let source = language.choose(
                python: "import sys\nsys.stdout.write('x' * 10_000_000)\nsys.stderr.write('done')",
                node: "process.stdout.write('x'.repeat(10_000_000), () => console.error('done'))",
                bash: """
                    s=$(printf 'x%.0s' {1..10000})
                    for ((i = 0; i < 1000; i++)); do printf %s "$s"; done; printf done >&2
                    """)
            let job = try await run(JobBody(language, source).limited { $0.outputBytes = 1 << 20 })
            #expect(job.outcome == "exited")
            #expect(job.exitCode == 0)
            #expect(job.stdout.isTruncated)
            #expect(job.stdout.totalBytes == 10_000_000)
            #expect(job.stdout.bytes.count == 1 << 20)
            #expect(job.stdout.bytes.allSatisfy { $0 == UInt8(ascii: "x") })
            #expect(job.stderr.text.hasPrefix("done"))
            #expect(!job.stderr.isTruncated)
        }

        @Test("10 MB of output come back whole where the limit allows it")
        func tenMegabytesWhole() async throws {
            let source = "import sys\nfor i in range(10): sys.stdout.write(str(i) * 1_000_000)"
            let job = try await run(JobBody(.python, source).limited { $0.outputBytes = 16 << 20 })
            #expect(!job.stdout.isTruncated)
            #expect(job.stdout.bytes.count == 10_000_000)
            #expect(job.stdout.text.hasSuffix("9"))
        }

        @Test(
            "output of exactly the limit is not called truncated", arguments: [0, 1, 4096, 70_000])
        func exactLimit(_ limit: Int) async throws {
            let exact = try await run(
                JobBody(.python, "print('x' * \(limit), end='')").limited { $0.outputBytes = limit }
            )
            #expect(exact.stdout.bytes.count == limit)
            #expect(!exact.stdout.isTruncated)
            let over = try await run(
                JobBody(.python, "print('x' * \(limit + 1), end='')").limited {
                    $0.outputBytes = limit
                })
            #expect(over.stdout.bytes.count == limit)
            #expect(over.stdout.isTruncated)
            #expect(over.stdout.totalBytes == limit + 1)
        }

        @Test("a cut in the middle of a character loses nothing but that character")
        func cutInsideCharacter() async throws {
            let job = try await run(
                JobBody(.python, "print('ä' * 100, end='')").limited { $0.outputBytes = 11 })
            #expect(job.stdout.text == "äääää")
            #expect(job.stdout.isTruncated)
            #expect(job.stdout.totalBytes == 200)
        }

        @Test("the two streams have limits of their own")
        func separateLimits() async throws {
            let source = "import sys\nsys.stdout.write('o' * 100)\nsys.stderr.write('e' * 5000)"
            let job = try await run(JobBody(.python, source).limited { $0.outputBytes = 1000 })
            #expect(job.stdout.bytes.count == 100)
            #expect(!job.stdout.isTruncated)
            #expect(job.stderr.bytes.count == 1000)
            #expect(job.stderr.isTruncated)
            #expect(job.stderr.totalBytes == 5000)
        }

        @Test(
            "filling one stream while the other is empty does not block",
            arguments: Language.allCases)
        func stderrOnly(_ language: Language) async throws {
            let source = language.choose(
                python: "import sys\nsys.stderr.write('e' * 2_000_000)\nprint('done')",
                node: "process.stderr.write('e'.repeat(2_000_000)); console.log('done')",
                bash: """
                    s=$(printf 'e%.0s' {1..20000})
                    for i in {1..100}; do printf %s "$s" >&2; done
                    echo done
                    """)
            let job = try await run(JobBody(language, source))
            #expect(job.stdout.text == "done\n")
            #expect(job.stderr.totalBytes == 2_000_000)
        }
    }
}

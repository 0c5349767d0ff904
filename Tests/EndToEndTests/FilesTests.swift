import Foundation
import Testing

extension EndToEnd {
    /// Programs of several files.
    @Suite(.server)
    struct FilesTests {
        @Test("a second file in a folder can be imported", arguments: Language.allCases)
        func imports(_ language: Language) async throws {
            let main = language.choose(
                python: "from lib.deep.util import greet\nprint(greet('you'))",
                node: "const { greet } = require('./lib/deep/util.js'); console.log(greet('you'))",
                bash: "source lib/deep/util.sh; greet you")
            let util = language.choose(
                python: JobBody.File("lib/deep/util.py", "def greet(name): return f'hello {name}'"),
                node: JobBody.File("lib/deep/util.js", "exports.greet = (name) => `hello ${name}`"),
                bash: JobBody.File("lib/deep/util.sh", "greet() { echo \"hello $1\"; }"))
            let job = try await run(JobBody(language, main).with { $0.files = [util] })
            #expect(job.stderr.text == "")
            #expect(job.stdout.text == "hello you\n")
        }

        @Test("the entry point can be one of the files", arguments: Language.allCases)
        func entrypoint(_ language: Language) async throws {
            let name = language.choose(
                python: "app/start.py", node: "app/start.js", bash: "app/start.sh")
            let job = try await run(
                JobBody(language).with {
                    $0.files = [JobBody.File(name, language.hello), JobBody.File("other.txt", "x")]
                    $0.entrypoint = name
                })
            #expect(job.stdout.text == "hello\n")
        }

        @Test("node runs ES modules with top-level await and imports")
        func esModules() async throws {
            let job = try await run(
                JobBody(.node).with {
                    $0.files = [
                        JobBody.File(
                            "main.mjs", "import { x } from './x.mjs'; console.log(await x)"),
                        JobBody.File("x.mjs", "export const x = Promise.resolve(42)"),
                    ]
                    $0.entrypoint = "main.mjs"
                })
            #expect(job.stderr.text == "")
            #expect(job.stdout.text == "42\n")
        }

        @Test("the bytes of a binary file are exact", arguments: Language.allCases)
        func binaryFile(_ language: Language) async throws {
            let bytes =
                (0..<1024).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) } + [0, 0, 255]
            let source = language.choose(
                python: "import sys\nsys.stdout.buffer.write(open('d/data.bin', 'rb').read())",
                node: "process.stdout.write(require('fs').readFileSync('d/data.bin'))",
                bash: "cat d/data.bin")
            let job = try await run(
                JobBody(language, source).with {
                    $0.files = [JobBody.File("d/data.bin", bytes: bytes)]
                })
            #expect(job.stdout.bytes == bytes)
        }

        @Test("files may have odd names and no content")
        func oddNames() async throws {
            let names = ["a b", "ü/ñ.txt", "-rf", ".hidden", "new\nline", "quote'\"", "glob*"]
            let source = """
                import os
                for folder, _, files in os.walk('.'):
                    for name in files:
                        path = os.path.join(folder, name)[2:]
                        print(repr(path), os.path.getsize(path))
                """
            let job = try await run(
                JobBody(.python, source).with { $0.files = names.map { JobBody.File($0, "") } })
            #expect(job.exitCode == 0)
            let lines = job.stdout.text.split(separator: "\n")
            #expect(lines.count(where: { $0.hasSuffix(" 0") }) == names.count)
        }

        @Test("a thousand files are all there")
        func manyFiles() async throws {
            let source = "import os\nprint(sum(len(f) for _, _, f in os.walk('many')))"
            let files = (0..<999).map { JobBody.File("many/\($0 % 10)/\($0).txt", "\($0)") }
            let job = try await run(JobBody(.python, source).with { $0.files = files })
            #expect(job.stdout.text == "999\n")
        }

        @Test("a file of several megabytes arrives whole")
        func bigFile() async throws {
            let source = "import os\nprint(os.path.getsize('big'), open('big').read().count('z'))"
            let job = try await run(
                JobBody(.python, source).with {
                    $0.files = [JobBody.File("big", String(repeating: "z", count: 3_000_000))]
                })
            #expect(job.stdout.text == "3000000 3000000\n")
        }

        @Test("files larger than the workspace are refused or fail by name, and never run in part")
        func filesBeyondWorkspace() async throws {
            let body = JobBody(.python, "print('ran')").with {
                $0.files = [JobBody.File("big", String(repeating: "z", count: 300_000))]
            }.limited { $0.workspaceBytes = 64 << 10 }
            let answer = try await server.api.post("/v1/run", body)
            if answer.status == 200 {
                let job = try answer.job()
                #expect(job.outcome == "failed")
                #expect(job.stdout.text == "")
            } else {
                #expect((400..<500).contains(answer.status))
                #expect(answer.text.contains("workspace"))
            }
        }
    }
}

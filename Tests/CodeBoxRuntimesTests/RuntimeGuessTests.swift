import CodeBoxCore
import CodeBoxRuntimes
import Testing

struct RuntimeGuessTests {
    private static func manifest(
        _ name: String, _ aliases: [String], _ entrypoint: String, _ program: String,
        other: [String: String] = [:]
    ) -> RuntimeManifest {
        RuntimeManifest(
            name: name, version: "1", aliases: aliases, entrypoint: entrypoint,
            aliasEntrypoints: other, command: [program, "{entrypoint}"])
    }

    private let guess = RuntimeGuess([
        Self.manifest("python", ["python3", "py"], "main.py", "/usr/bin/python3"),
        Self.manifest(
            "node", ["nodejs", "js", "typed", "ts"], "main.js", "/usr/bin/node",
            other: ["typed": "main.ts", "ts": "main.ts"]),
        Self.manifest("bash", ["sh", "shell"], "main.sh", "/usr/bin/bash"),
    ])

    @Test(
        "the ending of a file's name tells its runtime",
        arguments: [
            ("main.py", "python"), ("jobs/a.b/x.JS", "node"), ("./run.sh", "bash"),
            ("install.bash", "bash"), ("a.ts", "ts"),
        ])
    func ending(name: String, runtime: String) throws {
        #expect(try guess.runtime(name: name, content: []) == runtime)
    }

    @Test(
        "without a known ending the #! line tells it, whatever its path, options and version",
        arguments: [
            ("#!/usr/bin/python3\nprint(1)", "python"),
            ("#!/usr/bin/env python3.13\n", "python"),
            ("#! /usr/local/bin/node --trace-warnings\n", "node"),
            ("#!/usr/bin/env -S LANG=C bash -eu", "bash"),
            ("#!/bin/sh\n", "bash"),
        ])
    func line(text: String, runtime: String) throws {
        #expect(try guess.runtime(name: "tool", content: Array(text.utf8)) == runtime)
        #expect(try guess.runtime(name: "tool.txt", content: Array(text.utf8)) == runtime)
        #expect(try guess.runtime(name: nil, content: Array(text.utf8)) == runtime)
    }

    @Test("the name goes before the #! line")
    func both() throws {
        let content = Array("#!/bin/bash\n".utf8)
        #expect(try guess.runtime(name: "main.py", content: content) == "python")
    }

    @Test(
        "a program that fits no runtime is refused with what was looked at and what there is",
        arguments: [
            ("notes.txt", "x", ".txt"), ("notes", "x", "'notes' has no extension"),
            ("notes", "x", "no #! line"), ("notes", "#!/usr/bin/perl -w", "'perl'"),
            (nil, "x", "standard input"), ("x.py.", "", "no extension"),
        ])
    func unknown(name: String?, content: String, reason: String) {
        #expect {
            try guess.runtime(name: name, content: Array(content.utf8))
        } throws: { error in
            guard let error = error as? CodeBoxError else { return false }
            return error.code == .invalidRequest && error.message.contains(reason)
                && error.message.contains("--runtime: bash, node or python")
        }
    }

    @Test("where two runtimes fit, the choice is left to --runtime")
    func ambiguous() {
        let guess = RuntimeGuess([
            Self.manifest("pypy", [], "main.py", "/usr/bin/pypy"),
            Self.manifest("python", [], "main.py", "/usr/bin/python3"),
        ])
        #expect {
            try guess.runtime(name: "main.py", content: [])
        } throws: { error in
            (error as? CodeBoxError)?.message.contains("pypy or python") == true
        }
    }
}

import CodeBoxCore
import Foundation
import Testing

@testable import CodeBoxRuntimes

struct RuntimeTestSuiteTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(Scratch.manifest("lang"), to: "lang/manifest.yaml")
    }

    private func load(_ cases: String) throws -> [RuntimeTestCase] {
        try scratch.write(cases, to: "lang/tests/cases.yaml")
        return try RuntimeTestSuite(try RuntimeFolder(path: scratch.path + "/lang")).cases
    }

    @Test("a case becomes the job that a client would post")
    func spec() throws {
        try scratch.write("from a file", to: "lang/tests/snippet.x")
        let cases = try load(
            """
            - name: with everything
              file: snippet.x
              files: {data/a.txt: text}
              args: [one, 2]
              env: {NAME: value}
              stdin: "line\\n"
              limits: {wall_ms: 500}
              expect: {exit_code: 3}
            """)
        #expect(
            cases.map(\.spec) == [
                JobSpec(
                    runtime: "lang", source: "from a file",
                    files: [JobFile(path: "data/a.txt", content: Array("text".utf8))],
                    args: ["one", "2"], env: ["NAME": "value"], stdin: Array("line\n".utf8),
                    limits: LimitsRequest([.wallMs: 500]))
            ])
    }

    @Test("what came is compared with what was expected, and each difference is told")
    func differences() throws {
        let test = try load(
            """
            - name: one
              source: x
              expect: {stdout: "out\\n", stderr_contains: [warn, bad], exit_code: 3}
            """)[0]
        let good = JobResult(
            outcome: .exited, exitCode: 3, stdout: CapturedOutput(bytes: Array("out\n".utf8)),
            stderr: CapturedOutput(bytes: Array("warn: bad".utf8)))
        #expect(test.differences(good).isEmpty)
        var other = good
        other.exitCode = 0
        other.stdout = CapturedOutput(bytes: Array("out".utf8))
        other.stderr = CapturedOutput(bytes: Array("warn".utf8))
        #expect(
            test.differences(other) == [
                "exit code is 0, not 3", "stdout is \"out\", not \"out\\n\"",
                "stderr is \"warn\", without \"bad\"",
            ])
        other = good
        other.outcome = .memoryExceeded
        #expect(test.differences(other) == ["outcome is memory_exceeded, not exited"])
    }

    @Test(
        "a case that can't be right is refused with file and line",
        arguments: [
            ("- {name: a, source: x}", "the key 'expect' is missing"),
            ("- {name: a, source: x, expect: {}, colour: red}", "[0].colour: unknown key"),
            ("- {name: a, source: x, expect: {outcome: fine}}", "must be one of exited"),
            ("- {name: a, expect: {}}", "give source, or files with an entrypoint"),
            ("- {name: a, file: ../x, expect: {}}", "must be relative"),
            (
                "- {name: a, source: x, expect: {}}\n- {name: a, source: x, expect: {}}",
                "two tests 'a'"
            ),
        ])
    func refuses(cases: String, message: String) throws {
        let error = #expect(throws: CodeBoxError.self) { try load(cases) }
        #expect(error?.code == .configurationInvalid)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("lang/tests/cases.yaml:") == true)
    }
}

import CodeBoxCore
import CodeBoxJSON
import HummingbirdTesting
import Testing

@testable import CodeBoxAPI

/// A program's bytes come back as they were, whatever they are.
@Suite struct OutputTests {
    private func shown(_ result: JobResult) async throws -> Answer {
        let answers = Collected<Answer>()
        try await Harness.with(service: ScriptedJobService { _ in result }) { api in
            answers.add(try await api.post("/v1/run", #"{"runtime":"python","source":""}"#))
        }
        return try #require(answers.all.first)
    }

    @Test(
        "text is text",
        arguments: [
            "", "hello\n", "é€😀", "\0\u{1}\u{1f}\u{7f}\"\\/\u{2028}\u{2029}\u{fffd}\u{feff}",
            "\r\n\t\u{8}\u{c}",
        ])
    func text(_ text: String) async throws {
        let answer = try await shown(.printed(text))
        #expect(answer.string("stdout") == text)
        #expect(answer.string("stdout_encoding") == "utf-8")
        #expect(answer.integer("stdout_bytes") == text.utf8.count)
        #expect(answer["stdout_truncated"] as? Bool == false)
    }

    @Test(
        "other bytes are base64, to the byte",
        arguments: [
            [0xff], [0x61, 0x80], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf0, 0x9f, 0x98],
            Array(0...255),
        ] as [[UInt8]])
    func binary(_ bytes: [UInt8]) async throws {
        let answer = try await shown(.printed(bytes))
        #expect(answer.string("stdout_encoding") == "base64")
        #expect(Base64.decode(Array((answer.string("stdout") ?? "").utf8)) == bytes)
        #expect(answer.integer("stdout_bytes") == bytes.count)
    }

    @Test("text cut amid a character stays text, cut before it")
    func cutCharacter() async throws {
        for kept in 1...3 {
            let bytes = Array("aé".utf8) + Array("😀".utf8.prefix(kept))
            let answer = try await shown(.printed(bytes, totalBytes: 100))
            #expect(answer.string("stdout") == "aé")
            #expect(answer.string("stdout_encoding") == "utf-8")
            #expect(answer["stdout_truncated"] as? Bool == true)
            #expect(answer.integer("stdout_bytes") == 100)
        }
    }

    @Test("a cut excuses nothing but the cut: earlier bytes that are not UTF-8 make it base64")
    func cutBinary() async throws {
        let bytes: [UInt8] = [0xff, 0x61, 0xf0, 0x9f]
        let answer = try await shown(.printed(bytes, totalBytes: 5))
        #expect(answer.string("stdout_encoding") == "base64")
        #expect(Base64.decode(Array((answer.string("stdout") ?? "").utf8)) == bytes)
    }

    @Test("ten megabytes come back whole, as text and as bytes")
    func large() async throws {
        let text = String(repeating: "0123456789\"\n", count: 10 << 20 / 12)
        #expect(try await shown(.printed(text)).string("stdout") == text)
        let bytes = [UInt8](repeating: 0xfe, count: 10 << 20)
        let answer = try await shown(.printed(bytes))
        #expect(answer.string("stdout")?.utf8.count == Base64.length(of: bytes.count))
    }

    @Test(
        "signals have names",
        arguments: [
            (9, "SIGKILL"), (11, "SIGSEGV"), (15, "SIGTERM"), (31, "SIGSYS"), (1, "SIGHUP"),
            (36, "SIGRTMIN+2"), (33, "33"),
        ])
    func signals(number: Int, name: String) async throws {
        var result = JobResult(outcome: .signaled, signal: number)
        result.error = "x"
        let answer = try await shown(result)
        #expect(answer.string("signal") == name)
        #expect(answer["exit_code"] is Null && answer["limits"] is Null)
    }
}

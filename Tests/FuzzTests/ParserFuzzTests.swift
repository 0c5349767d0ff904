import CodeBoxCore
import CodeBoxJSON
import CodeBoxRuntimes
import Foundation
import NIOCore
import Testing

@testable import CodeBoxAPI

/// Parsers in Swift that meet hostile bytes neither crash nor hang nor take much memory.
@Suite struct ParserFuzzTests {
    static let jobs = [
        #"{"runtime":"python","source":"print(1)","args":["a","b"],"env":{"A":"1"},"#
            + #""stdin":"x","limits":{"wall_ms":1000,"cpus":0.5},"labels":{"a":"b"}}"#,
        #"{"runtime":"node","files":[{"path":"a/b.js","content":"eA==","encoding":"base64"}],"#
            + #""entrypoint":"a/b.js","zygote":"off","merge_output":true,"at_most_once":false}"#,
        #"[1,-2.5e10,"\u00e9\ud83d\ude00\n",true,false,null,{"a":[[[[]]]]}]"#,
    ]
    static let words = [
        #"\u0000"#, #"\ud800"#, "\"", "\\", "{", "}", "[", "]", ",", ":", "1e999", "-0", "null",
        "99999999999999999999", #""runtime":"#, #""source":"#, #""limits":{"#, #""files":["#,
        #""content":"#, "\u{0}", "\u{feff}", String(repeating: "[", count: 300),
    ]

    @Test("the JSON reader and the job decoder survive hostile bytes")
    func json() throws {
        try Fuzzer("JSON", samples: Self.jobs.map { Array($0.utf8) }, words: Self.words).run {
            bytes in
            _ = try? JobDecoder.decode(ByteBuffer(bytes: bytes))
            bytes.withUnsafeBytes { raw in
                var reader = JSONReader(raw)
                _ = try? reader.skip()
                _ = try? reader.end()
            }
        }
    }

    /// The committed manifests, which have every key that there is between them.
    private static func manifests() throws -> [[UInt8]] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try ["bash", "node", "python"].map {
            Array(try Data(contentsOf: root.appendingPathComponent("runtimes/\($0)/manifest.yaml")))
        }
    }

    @Test("the manifest's parser survives hostile bytes")
    func manifest() throws {
        let words = [
            "&a ", "*a", "<<: *a", "!!binary ", "!!float .inf", "---\n", "...\n", "? ", "- ", ": ",
            "|\n", ">\n", "#", "\t", "\u{0}", "{", "[", "'", "\"", "~", "0x7fffffffffffffff",
            "limits:\n", "image:\n", "zygote:\n", "aliases: [", String(repeating: "[", count: 200),
        ]
        try Fuzzer("manifests", samples: try Self.manifests(), words: words).run { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            _ = try? RuntimeManifest(yaml: text, file: "fuzzed")
        }
    }

    @Test("the start record's parser survives hostile bytes, and reads only what it would write")
    func startRecord() throws {
        let plain = ZygoteStart(
            kind: .python, arguments: ["/usr/bin/python3", "-I"], environment: ["A=1", "B=2"])
        let varied = ZygoteStart(
            kind: .node, arguments: ["/usr/bin/node", "--max-old-space-size={heap_mib}"],
            environment: [], variants: ["TZ=UTC", "NODE_ENV=test"])
        let samples = [try plain.encoded(), try varied.encoded()]
        let words = [
            "\u{0}", "0\u{0}", "1\u{0}", "256\u{0}", "-1\u{0}", "01\u{0}", "python\u{0}",
            "9223372036854775807\u{0}", "codebox-zygote-start 2\u{0}", "/\u{0}", "{heap_mib}",
        ]
        try Fuzzer("start records", samples: samples, words: words).run { bytes in
            guard let record = try? ZygoteStart(parsing: bytes, file: "fuzzed") else { return }
            let again = try? record.encoded()
            #expect(again == bytes)
        }
    }
}

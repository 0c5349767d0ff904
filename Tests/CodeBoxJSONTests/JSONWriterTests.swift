import JSONOracle
import Testing

@testable import CodeBoxJSON

@Suite struct JSONWriterTests {
    private func written(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 1)
        write(&writer)
        return writer.bytes
    }

    @Test("every scalar of the first three planes' edges survives, alone and amid text")
    func scalars() {
        let edges: [ClosedRange<UInt32>] = [
            0...0x2ff, 0x7f0...0x810, 0x2020...0x2030, 0xd7f0...0xd7ff, 0xe000...0xe010,
            0xfff0...0x10010, 0x1f600...0x1f610, 0x10fff0...0x10ffff,
        ]
        for value in edges.joined() {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for text in [String(scalar), "a\(scalar)b\(scalar)\(scalar)"] {
                #expect(Oracle.string(written { $0.string(text) }) == text)
            }
        }
    }

    @Test("base64 says what Foundation says, and reads back, for every length")
    func base64() {
        for length in 0...300 {
            let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max) }
            let text = written { writer in bytes.withUnsafeBytes { writer.base64($0) } }
            #expect(String(decoding: text, as: UTF8.self) == "\"\(Oracle.base64(bytes))\"")
            #expect(Base64.decode(Array(text.dropFirst().dropLast())) == bytes)
        }
    }

    @Test(
        "what is not base64, to the last bit, is refused",
        arguments: [
            "A", "AA", "AAA", "AA=", "A===", "====", "=AAA", "AA=A", "AAAA=", "AB==", "AAB=",
            "AA\n==",
            "AA A", "AA-_", "AAAA====", "ÄÄ",
        ])
    func badBase64(text: String) {
        #expect(Base64.decode(Array(text.utf8)) == nil)
    }

    @Test(
        "a text that is not base64 is told what to do about it",
        arguments: [
            ("aGVs\nbG8=\n", "`base64 -w0`"), ("aGVs bG8=", "without line breaks and spaces"),
            ("aGVs\r\nbG8=", "line breaks"), ("_-8=", "'+' and '/'"), ("aGVsbG8", "padded"),
            ("data:text/plain;base64,aGVsbG8=", "data: URL"), ("aGVsbG8*", "RFC 4648"),
            ("AB==", "RFC 4648"), ("A", "RFC 4648"),
        ])
    func remedies(text: String, part: String) {
        #expect(Base64.decode(Array(text.utf8)) == nil)
        #expect(Base64.fault(of: Array(text.utf8)).contains(part))
    }

    @Test("commas stand between, never before or after")
    func commas() {
        let text = written { writer in
            writer.beginObject()
            writer.key("a")
            writer.beginArray()
            writer.integer(1)
            writer.beginObject()
            writer.endObject()
            writer.beginArray()
            writer.endArray()
            writer.endArray()
            writer.key("b")
            writer.null()
            writer.key(text: "c\"")
            writer.beginArray()
            writer.endArray()
            writer.field("d", ["x": "1", "w": "2"])
            writer.endObject()
        }
        #expect(
            String(decoding: text, as: UTF8.self)
                == #"{"a":[1,{},[]],"b":null,"c\"":[],"d":{"w":"2","x":"1"}}"#)
    }

    @Test("a field is written with its value, and nil as null")
    func fields() {
        let text = written { writer in
            writer.object { writer in
                writer.field("text", "a")
                writer.field("whole", 1)
                writer.field("number", 0.5)
                writer.field("flag", true)
                writer.field("nothing", nil as Int?)
                writer.field("list", ["x"])
                writer.field("inner", object: 7) { $0.field("n", $1) }
                writer.field("none", object: nil as Int?) { $0.field("n", $1) }
                writer.field("all", objects: [1, 2]) { $0.field("n", $1) }
            }
        }
        #expect(
            String(decoding: text, as: UTF8.self)
                == #"{"text":"a","whole":1,"number":0.5,"flag":true,"nothing":null,"list":["x"],"#
                + #""inner":{"n":7},"none":null,"all":[{"n":1},{"n":2}]}"#)
    }

    @Test(
        "numbers are JSON, whole ones without a fraction",
        arguments: [
            (1, "1"), (0.5, "0.5"), (0.01, "0.01"), (1e-5, "1e-05"), (-2, "-2"),
            (.infinity, "null"),
            (.nan, "null"), (1e300, "1e+300"),
        ] as [(Double, String)])
    func numbers(value: Double, text: String) {
        let bytes = written { $0.number(value) }
        #expect(String(decoding: bytes, as: UTF8.self) == text)
        #expect(Oracle.isJSON(bytes))
    }
}

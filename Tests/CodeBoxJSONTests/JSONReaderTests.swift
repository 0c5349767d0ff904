import JSONOracle
import Testing

@testable import CodeBoxJSON

@Suite struct JSONReaderTests {
    private func read<Value>(
        _ text: String, _ body: (inout JSONReader) throws -> Value
    ) throws -> Value {
        try read(Array(text.utf8), body)
    }

    private func read<Value>(
        _ bytes: [UInt8], _ body: (inout JSONReader) throws -> Value
    ) throws -> Value {
        try bytes.withUnsafeBytes { bytes in
            var reader = JSONReader(bytes)
            return try body(&reader)
        }
    }

    /// Steps over a whole text; the error's offset where that fails.
    private func offsetOfError(_ bytes: [UInt8]) throws -> Int? {
        do {
            try read(bytes) { reader in
                try reader.skip()
                try reader.end()
            }
            return nil
        } catch let error as JSONSyntaxError {
            return error.offset
        }
    }

    @Test(
        "valid JSON is stepped over to its end",
        arguments: [
            "0", "-0", "-12.5e+10", "1E5", "\"\"", "[]", "{}", " [ ] ",
            "[1,[2,{\"a\":[]}],null,true,false]",
            "{\"a\":{\"b\":{}},\"c\":[{},[]]}",
            "\"\\u0000\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\\\\\\"\"",
            "\t\r\n 1 \t\r\n", "\"\u{7f}é€😀\u{2028}\"",
        ])
    func valid(text: String) throws {
        #expect(try offsetOfError(Array(text.utf8)) == nil)
    }

    @Test(
        "what is not JSON is refused at the byte where it stops being JSON",
        arguments: [
            ("", 0), (" ", 1), ("nul", 0), ("True", 0), ("01", 0), ("-", 1), ("1.", 2), (".5", 0),
            ("1e", 2),
            ("+1", 0), ("0x1", 1), ("[1,]", 3), ("[1 2]", 3), ("[,1]", 1), ("{\"a\"}", 4),
            ("{\"a\":}", 5),
            ("{a:1}", 1), ("{\"a\":1,}", 7), ("{\"a\" 1}", 5), ("[1", 2), ("{\"a\":1", 6),
            ("[1}", 2),
            ("\"abc", 4), ("\"\n\"", 1), ("\"\\x\"", 1), ("\"\\u12g4\"", 5), ("\"\\ud800\"", 1),
            ("\"\\udc00\"", 1), ("\"\\ud800\\u0041\"", 1), ("\"\\", 2), ("\"\\u12", 5), ("1 1", 2),
            ("NaN", 0), ("Infinity", 0), ("'a'", 0), ("[1] // no", 4), ("\u{feff}1", 0),
        ])
    func invalid(text: String, offset: Int) throws {
        #expect(try offsetOfError(Array(text.utf8)) == offset)
    }

    @Test("bytes that are not UTF-8 are refused, named by the first of them")
    func invalidUTF8() throws {
        for bad: [UInt8] in [
            [0x80], [0xc3], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80],
        ] {
            let text = Array("[\"ok\\n".utf8) + bad + Array("\"]".utf8)
            #expect(try offsetOfError(text) == 6)
        }
    }

    @Test("strings come out as they went in, escaped or not")
    func strings() throws {
        let text = #""a\u00e9\ud83d\ude00\n\"\\\/é😀\u0000z""#
        let expected = "aé😀\n\"\\/é😀\0z"
        #expect(
            try read(text) { reader in
                _ = try reader.kind(); return try reader.string()
            } == expected)
        #expect(
            try read(text) { reader in
                _ = try reader.kind(); return try reader.utf8()
            }
                == Array(expected.utf8))
    }

    @Test(
        "integers are whole numbers, however written",
        arguments: [
            ("1000", 1000), ("-7", -7), ("1e3", 1000), ("1000.0", 1000),
            ("9223372036854775807", Int.max),
            ("9223372036854775808", nil), ("1.5", nil), ("1e400", nil), ("1e19", nil), ("-0.0", 0),
            ("1e-1", nil),
        ] as [(String, Int?)])
    func integers(text: String, value: Int?) throws {
        let number = try read(text) { reader in
            _ = try reader.kind(); return try reader.number()
        }
        #expect(number.integer == value)
    }

    @Test("numbers beyond a double are not finite numbers")
    func hugeNumbers() throws {
        let number = try read("1e999") { reader in
            _ = try reader.kind(); return try reader.number()
        }
        #expect(number.double == nil)
    }

    @Test("a hundred thousand open arrays neither crash nor take long")
    func deepNesting() throws {
        for opener in ["[", "{\"a\":"] {
            let text = Array(String(repeating: opener, count: 100_000).utf8)
            do {
                try read(text) { reader in try reader.skip() }
                Issue.record("was taken")
            } catch let error as JSONSyntaxError {
                #expect(error.reason == .tooDeep)
            }
        }
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(try offsetOfError(Array(deepest.utf8)) == nil)
    }

    @Test("every text cut short is refused, and none reads beyond its end")
    func truncation() throws {
        let text = Array(#"{"a":[1.5e3,"x\u00e9\ud83d\ude00",true,null],"b":{"c":-0}}"#.utf8)
        for length in 0..<text.count {
            #expect(try offsetOfError(Array(text[..<length])) != nil)
        }
        #expect(try offsetOfError(text) == nil)
    }

    @Test("text with any byte changed is either JSON for Foundation too, or refused")
    func mutations() throws {
        let text = Array(#"{"a":[1.5e3,"x\u00e9\\",true,null],"b":{"c":-0}}"#.utf8)
        for index in text.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[index] = byte
                if try offsetOfError(changed) == nil {
                    #expect(Oracle.isJSON(changed), "\(changed)")
                }
            }
        }
    }
}

import Testing

@testable import CodeBoxJSON

@Suite("Fields out of JSON")
struct FieldDecoderTests {
    private enum Field: String, FieldName {
        case name, tags, env, kind, count, inner

        static func remedy(forUnknown name: String) -> String? {
            name == "title" ? "this is `name`" : nil
        }
    }

    private enum Kind: String, CaseIterable {
        case small, large
    }

    private struct Value: Equatable {
        var name: String?
        var tags: [String] = []
        var env: [String: String] = [:]
        var kind: Kind?
        var count: Int?
        var inner: [String?] = []
    }

    private static func value(_ decoder: inout FieldDecoder) throws(JSONSyntaxError) -> Value? {
        var value = Value()
        let seen = try decoder.object(Field.self) {
            (decoder: inout FieldDecoder, field: Field) throws(JSONSyntaxError) in
            switch field {
            case .name: value.name = try decoder.string()
            case .tags: value.tags = try decoder.strings()
            case .env: value.env = try decoder.map()
            case .kind: value.kind = try decoder.choice(Kind.self)
            case .count: value.count = try decoder.integer()
            case .inner:
                try decoder.array { (decoder: inout FieldDecoder, _) throws(JSONSyntaxError) in
                    value.inner.append(try Self.value(&decoder)?.name)
                }
            }
        }
        guard let seen else { return nil }
        decoder.require([.name], of: seen)
        return value
    }

    private func decode(_ text: String) throws(FieldDecodingError) -> Value {
        let bytes = Array(text.utf8)
        let result: Result<Value, FieldDecodingError> = bytes.withUnsafeBytes { bytes in
            do throws(FieldDecodingError) {
                return .success(try FieldDecoder.decode(bytes, subject: "the body", Self.value))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func faults(_ text: String) -> [String] {
        do throws(FieldDecodingError) {
            _ = try decode(text)
            return []
        } catch {
            guard case .faults(let faults) = error else { return ["not JSON"] }
            return faults.map { "\($0.field): \($0.message)" }
        }
    }

    @Test("fields of every kind are read")
    func values() throws {
        let text = #"""
            {"name": "a", "tags": ["x", "y"], "env": {"A": "1"}, "kind": "large", "count": 7,
             "inner": [{"name": "b"}]}
            """#
        let value = try decode(text)
        #expect(
            value
                == Value(
                    name: "a", tags: ["x", "y"], env: ["A": "1"], kind: .large, count: 7,
                    inner: ["b"]))
    }

    @Test("all faults are listed at once, each with the path of its field")
    func paths() {
        let text = #"""
            {"sauce": 1, "tags": ["x", 2], "env": {"A": 3, "B": "1", "B": "2"}, "kind": "huge",
             "count": 1.5, "count": 2, "inner": [{"name": "b"}, {"inner": [{}, 7]}]}
            """#
        #expect(
            faults(text) == [
                "sauce: unknown field; expected one of name, tags, env, kind, count, inner",
                "tags[1]: must be a string, not a number",
                "env.A: must be a string, not a number",
                "env.B: duplicate field",
                "kind: must be 'small' or 'large'",
                "count: must be a whole number within 64 bits",
                "count: duplicate field",
                "inner[1].inner[0].name: missing required field",
                "inner[1].inner[1]: must be an object, not a number",
                "inner[1].name: missing required field",
                "name: missing required field",
            ])
    }

    @Test("an unknown field of which something is known is told that")
    func remedy() {
        #expect(
            faults(#"{"name": "a", "title": [1]}"#) == ["title: unknown field; this is `name`"])
    }

    @Test("the whole value is called by its name")
    func subject() {
        #expect(faults("7") == [": the body must be an object, not a number"])
    }

    @Test("a part's faults are its own, with paths that begin at the part")
    func parts() throws {
        let bytes = Array(#"[{"name": 1}, 7, {"name": "a"}]"#.utf8)
        var parts: [[FieldFault]] = []
        try bytes.withUnsafeBytes { bytes in
            var decoder = FieldDecoder(bytes, subject: "the body")
            try decoder.array { (decoder: inout FieldDecoder, _) throws(JSONSyntaxError) in
                parts.append(try decoder.separately("the job", Self.value).faults)
            }
            decoder.fault("is the whole's")
            #expect(decoder.faults == [FieldFault(field: "", message: "is the whole's")])
        }
        #expect(
            parts == [
                [FieldFault(field: "name", message: "must be a string, not a number")],
                [FieldFault(field: "", message: "the job must be an object, not a number")], [],
            ])
    }

    @Test("a field that nests too deep is named, where it is stepped over")
    func depth() {
        let deep = String(repeating: "[", count: 100)
        #expect(faults(#"{"name": "# + deep) == ["name: must be a string, not an array"])
    }

    @Test("decoding ends at the last fault that is listed, whatever follows")
    func faultsAreBounded() {
        let unknown = (0..<100).map { "\"x\($0)\": 0" }.joined(separator: ", ")
        #expect(faults("{\(unknown), no JSON").count == FieldDecoder.maximumFaults)
    }

    @Test("decoding ends a little behind the first fault, also inside a value that is stepped over")
    func bytesAreBounded() {
        let zeros = Array(repeating: "0", count: FieldDecoder.maximumBytesAfterFault)
            .joined(separator: ",")
        let fault = "sauce: unknown field; expected one of name, tags, env, kind, count, inner"
        #expect(faults("{\"sauce\": [\(zeros), no JSON") == [fault])
        #expect(faults("{\"sauce\": [0, no JSON") == ["not JSON"])
    }

    @Test("decoding ends at the first bound that is exceeded")
    func bounds() {
        func faults(
            _ text: String,
            _ body: (inout FieldDecoder) throws(JSONSyntaxError) -> Void
        ) -> [String] {
            Array(text.utf8).withUnsafeBytes { bytes in
                do throws(FieldDecodingError) {
                    try FieldDecoder.decode(bytes, subject: "the body") {
                        (decoder: inout FieldDecoder) throws(JSONSyntaxError) -> Void? in
                        try body(&decoder)
                    }
                    return []
                } catch {
                    guard case .faults(let faults) = error else { return ["not JSON"] }
                    return faults.map { "\($0.field): \($0.message)" }
                }
            }
        }
        let two = ListBound(2, "words", bytes: 8)
        let list = { (decoder: inout FieldDecoder) throws(JSONSyntaxError) in
            _ = try decoder.strings(two)
        }
        let map = { (decoder: inout FieldDecoder) throws(JSONSyntaxError) in
            _ = try decoder.map(two)
        }
        #expect(faults(#"["a", "b"]"#, list) == [])
        #expect(faults(#"["a", "b", no JSON"#, list) == [": at most 2 words"])
        #expect(faults(#"["123456789", no JSON"#, list) == ["[0]: at most 8 bytes together"])
        #expect(faults(#"{"a": "1", "b": "2"}"#, map) == [])
        #expect(faults(#"{"a": "1", "b": "2", "c": "3" no JSON"#, map) == [": at most 2 words"])
        #expect(faults(#"{"a": "12345678" no JSON"#, map) == [": at most 8 bytes together"])
        let text = { (decoder: inout FieldDecoder) throws(JSONSyntaxError) in
            _ = try decoder.string(atMost: 3)
        }
        #expect(faults(#""abc""#, text) == [])
        #expect(faults(#""abcd" no JSON"#, text) == [": at most 3 bytes"])
    }

    @Test("a part whose decoding ended is stepped over, and the next one is read")
    func abandonedPart() throws {
        let unknown = (0..<20).map { "\"x\($0)\": [{}]" }.joined(separator: ", ")
        let bytes = Array("[{\(unknown)}, {\"name\": \"a\"}]".utf8)
        var counts: [Int] = []
        var names: [String?] = []
        try bytes.withUnsafeBytes { bytes in
            var decoder = FieldDecoder(bytes, subject: "the body")
            try decoder.array { (decoder: inout FieldDecoder, _) throws(JSONSyntaxError) in
                let part = try decoder.separately("the job", Self.value)
                counts.append(part.faults.count)
                names.append(part.value?.name)
            }
            try decoder.reader.end()
            #expect(decoder.faults.isEmpty)
        }
        #expect(counts == [FieldDecoder.maximumFaults, 0])
        #expect(names == [nil, "a"])
    }

    @Test("a name is shown no longer than 64 scalars, also if they make one character")
    func longName() {
        let name = "e" + String(repeating: "\u{301}", count: 100_000)
        let fault = faults("{\"\(name)\": 1}").first ?? ""
        #expect(fault.unicodeScalars.count < 200)
    }

    @Test("data after the value is a syntax error")
    func trailing() {
        #expect(faults(#"{"name": "a"} 1"#) == ["not JSON"])
    }
}

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

    @Test("data after the value is a syntax error")
    func trailing() {
        #expect(faults(#"{"name": "a"} 1"#) == ["not JSON"])
    }
}

import CodeBoxConfiguration
import CodeBoxCore
import Testing

struct FileArgumentTests {
    @Test(
        "a file keeps its relative path, or its name alone when it lies elsewhere",
        arguments: [
            ("data/in.csv", "data/in.csv", "data/in.csv"),
            ("./data/in.csv", "./data/in.csv", "data/in.csv"),
            ("/etc/hosts", "/etc/hosts", "hosts"),
            ("../in.csv", "../in.csv", "in.csv"),
            ("a/b=../in.csv", "../in.csv", "a/b"),
        ])
    func places(text: String, local: String, path: String) throws {
        let file = try FileArgument(text)
        #expect(file.local == local)
        #expect(file.path == path)
    }

    @Test(
        "a file without a name or a place is refused", arguments: ["", "=", "a=", "=b", "/", "."])
    func refuses(text: String) {
        #expect(throws: CodeBoxError.self) { try FileArgument(text) }
    }

    @Test("NAME=VALUE splits at the first equals sign")
    func namedValues() throws {
        let value = try NamedValue("A=b=c")
        #expect(value.name == "A")
        #expect(value.value == "b=c")
        #expect(try NamedValue("A=").value.isEmpty)
        #expect(throws: CodeBoxError.self) { try NamedValue("A") }
        #expect(throws: CodeBoxError.self) { try NamedValue("=b") }
    }
}

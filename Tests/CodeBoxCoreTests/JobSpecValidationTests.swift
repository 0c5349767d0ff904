import CodeBoxCore
import Testing

@Suite("JobSpec validation")
struct JobSpecValidationTests {
    private func field(_ spec: JobSpec) -> String? {
        do throws(CodeBoxError) {
            try spec.validate()
            return nil
        } catch {
            #expect(error.code == .invalidRequest)
            #expect(error.message.hasPrefix(error.field ?? "?"))
            return error.field
        }
    }

    private func spec(files paths: String..., change: (inout JobSpec) -> Void = { _ in }) -> JobSpec
    {
        var spec = JobSpec(
            runtime: "python", source: "1", files: paths.map { JobFile(path: $0, content: []) })
        change(&spec)
        return spec
    }

    @Test("an honest job passes")
    func honest() {
        #expect(field(spec()) == nil)
        #expect(
            field(
                spec(files: "a", "b/c.py", "b/d/e", "…/ü", ".hidden", "a..b", "b/...") {
                    $0.args = ["", "ü", "-x=1"]
                    $0.env = ["A": "", "b c": "=x=\n"]
                    $0.labels = ["team": "", "ü": "x"]
                    $0.stdin = [0]
                }) == nil)
        #expect(field(spec(files: "m.py") { ($0.source, $0.entrypoint) = (nil, "m.py") }) == nil)
    }

    @Test(
        "a path that leads elsewhere, or nowhere, is refused",
        arguments: [
            "", "/", "/etc/passwd", "..", "../x", "a/../b", "a/..", ".", "./a", "a/./b", "a//b",
            "a/",
            "//a", "a\0b", "\0", String(repeating: "n", count: 256),
            String(repeating: "abcdefg/", count: 128) + "x",
        ])
    func paths(_ path: String) {
        #expect(field(spec(files: "fine", path)) == "files[1].path")
        #expect(field(spec { $0.entrypoint = path }) == "entrypoint")
    }

    @Test("names as long as Linux allows pass")
    func longNames() {
        #expect(field(spec(files: String(repeating: "n", count: 255))) == nil)
    }

    @Test("no path is given twice, and none is both a file and a folder, in any order")
    func clashes() {
        #expect(field(spec(files: "a", "b", "a")) == "files[2].path")
        #expect(field(spec(files: "a", "a/b")) == "files[0].path")
        #expect(field(spec(files: "a/b/c", "x", "a/b")) == "files[2].path")
        #expect(field(spec(files: "a/b", "a/c", "ab")) == nil)
    }

    @Test("there is something to run, and it is there")
    func entry() {
        #expect(field(JobSpec(runtime: "", source: "1")) == "runtime")
        #expect(field(JobSpec(runtime: "python")) == "source")
        #expect(field(spec(files: "a") { $0.source = nil }) == "entrypoint")
        #expect(
            field(spec(files: "a") { ($0.source, $0.entrypoint) = (nil, "b") }) == "entrypoint")
        #expect(field(spec { $0.source = "" }) == nil)
    }

    @Test("arguments and variables hold no NUL, and names no '='")
    func strings() {
        #expect(field(spec { $0.args = ["ok", "a\0"] }) == "args[1]")
        #expect(field(spec { $0.env = ["": "x"] }) == "env")
        #expect(field(spec { $0.env = ["A=B": "x"] }) == "env")
        #expect(field(spec { $0.env = ["A\0": "x"] }) == "env")
        #expect(field(spec { $0.env = ["A": "x\0"] }) == "env.A")
    }

    @Test("labels are short and named")
    func labels() {
        let long = String(repeating: "x", count: 257)
        for labels in [["": "x"], [long: "x"], ["x": long], ["a\0": "x"], ["x": "\0"]] {
            #expect(field(spec { $0.labels = labels }) == "labels")
        }
        #expect(
            field(spec { $0.labels = .init(uniqueKeysWithValues: (0..<33).map { ("\($0)", "") }) })
                == "labels")
    }

    @Test("there is a bound to everything that can be repeated")
    func amounts() {
        #expect(field(spec { $0.args = .init(repeating: "", count: 1000) }) == nil)
        #expect(field(spec { $0.args = .init(repeating: "", count: 1001) }) == "args")
        #expect(
            field(spec { $0.env = .init(uniqueKeysWithValues: (0..<1001).map { ("\($0)", "") }) })
                == "env")
        #expect(field(spec { $0.args = [String(repeating: "x", count: 128 << 10)] }) == "args")
        let files = (0..<1001).map { JobFile(path: "f\($0)", content: []) }
        #expect(field(spec { $0.files = files }) == "files")
        #expect(field(spec { $0.files = Array(files.dropLast()) }) == nil)
    }
}

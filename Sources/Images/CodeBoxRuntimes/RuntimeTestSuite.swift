package import CodeBoxCore

/// The tests of a runtime, `runtimes/<name>/tests/cases.yaml`, for an admin who has changed it.
package struct RuntimeTestSuite: Sendable {
    package let cases: [RuntimeTestCase]

    /// - Throws: ``CodeBoxError`` with code `configurationInvalid`, naming file, line and key.
    package init(_ folder: RuntimeFolder) throws(CodeBoxError) {
        let tests = folder.path + "/tests"
        let file = tests + "/cases.yaml"
        let top = try YAMLValue(text: try RuntimeFolder.read(file), file: file)
        var cases: [RuntimeTestCase] = []
        var names: Set<String> = []
        for value in try top.list() {
            let one = try RuntimeTestCase(
                yaml: value, runtime: folder.manifest.name, directory: tests)
            guard names.insert(one.name).inserted else {
                throw value.failure("there are two tests '\(one.name)'")
            }
            cases.append(one)
        }
        self.cases = cases
    }
}

extension RuntimeTestCase {
    /// - Parameters:
    ///   - runtime: the name that the job names.
    ///   - directory: where the files that a test names lie.
    fileprivate init(
        yaml value: YAMLValue, runtime: String, directory: String
    ) throws(CodeBoxError) {
        let fields = try value.fields([
            "name", "source", "file", "files", "entrypoint", "args", "env", "stdin", "limits",
            "expect",
        ])
        name = try fields.required("name").string()
        spec = JobSpec(runtime: runtime)
        spec.source = try fields.string("source")
        if let file = fields["file"] {
            guard spec.source == nil else { throw file.failure("give either file or source") }
            spec.source = try RuntimeFolder.read("\(directory)/\(try ImageRecipe.path(file))")
        }
        for (path, content) in try fields["files"]?.entries() ?? [] {
            spec.files.append(JobFile(path: path, content: Array(try content.string().utf8)))
        }
        spec.entrypoint = try fields.string("entrypoint")
        spec.args = try fields.strings("args")
        spec.env = try fields.stringMap("env")
        spec.stdin = Array((try fields.string("stdin") ?? "").utf8)
        spec.limits = try LimitsRequest(yaml: fields["limits"])
        expectation = try Expectation(yaml: try fields.required("expect"))
        do throws(CodeBoxError) {
            try spec.validate()
        } catch {
            throw value.failure(error.message)
        }
    }
}

extension RuntimeTestCase.Expectation {
    fileprivate init(yaml value: YAMLValue) throws(CodeBoxError) {
        let fields = try value.fields([
            "stdout", "stdout_contains", "stderr", "stderr_contains", "outcome", "exit_code",
        ])
        stdout = try fields.string("stdout")
        stdoutContains = try fields.strings("stdout_contains")
        stderr = try fields.string("stderr")
        stderrContains = try fields.strings("stderr_contains")
        outcome = .exited
        if let field = fields["outcome"] {
            guard let known = Outcome(rawValue: try field.string()) else {
                let names = Outcome.allCases.map(\.rawValue).joined(separator: ", ")
                throw field.failure("must be one of \(names)")
            }
            outcome = known
        }
        exitCode = try fields.integer("exit_code") ?? 0
    }
}

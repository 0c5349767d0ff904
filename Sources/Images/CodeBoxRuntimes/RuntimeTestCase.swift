package import CodeBoxCore

/// A test snippet of a runtime and its expected result.
package struct RuntimeTestCase: Hashable, Sendable {
    package struct Expectation: Hashable, Sendable {
        /// All of standard output; nil allows anything.
        package var stdout: String?
        package var stdoutContains: [String]
        /// All of standard error; nil allows anything.
        package var stderr: String?
        package var stderrContains: [String]
        package var outcome: Outcome
        /// Compared when ``outcome`` is `exited`.
        package var exitCode: Int
    }

    package var name: String
    /// The job, as a client would post it.
    package var spec: JobSpec
    package var expectation: Expectation

    /// The differences from the expected result, one sentence each; empty if the test passed.
    package func differences(_ result: JobResult) -> [String] {
        var differences: [String] = []
        if result.outcome != expectation.outcome {
            let why = result.error.map { ": \($0)" } ?? ""
            differences.append(
                "outcome is \(result.outcome.rawValue)\(why), not \(expectation.outcome.rawValue)")
        } else if result.outcome == .exited, result.exitCode != expectation.exitCode {
            let code = result.exitCode.map(String.init) ?? "none"
            differences.append("exit code is \(code), not \(expectation.exitCode)")
        }
        compare(
            "stdout", result.stdout, expectation.stdout, expectation.stdoutContains, &differences)
        compare(
            "stderr", result.stderr, expectation.stderr, expectation.stderrContains, &differences)
        return differences
    }

    private func compare(
        _ stream: String, _ output: CapturedOutput, _ whole: String?, _ parts: [String],
        _ differences: inout [String]
    ) {
        if let whole, output.bytes != Array(whole.utf8) {
            differences.append(
                "\(stream) is \(Self.shown(output.bytes)), not \(whole.debugDescription)")
        }
        let text = String(decoding: output.bytes, as: UTF8.self)
        for part in parts where !text.contains(part) {
            differences.append(
                "\(stream) is \(Self.shown(output.bytes)), without \(part.debugDescription)")
        }
    }

    private static func shown(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(500), as: UTF8.self).debugDescription
        return bytes.count > 500 ? text + "…" : text
    }
}

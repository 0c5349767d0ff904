import CodeBoxConfiguration
import CodeBoxCore

/// How one test of a runtime ended, as `codebox runtime test` reports it.
package struct RuntimeTestRow: Encodable, Sendable {
    package var runtime: String
    package var test: String
    package var passed: Bool
    package var differences: [String]
    package var runUs: Int?
    /// CodeBox could not run the test, which says nothing about the runtime.
    package var isError: Bool

    enum CodingKeys: String, CodingKey {
        case runtime, test, passed, differences
        case runUs = "run_us"
    }

    package init(
        runtime: String, test: String, differences: [String], runUs: Int? = nil,
        isError: Bool = false
    ) {
        self.runtime = runtime
        self.test = test
        passed = differences.isEmpty
        self.differences = differences
        self.runUs = runUs
        self.isError = isError
    }
}

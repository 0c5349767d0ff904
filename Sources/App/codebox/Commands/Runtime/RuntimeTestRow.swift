import CodeBoxConfiguration
package import CodeBoxCore

/// How one test of a runtime ended, as `codebox runtime test` reports it.
package struct RuntimeTestRow: Encodable, Sendable {
    package var runtime: String
    package var test: String
    package var passed: Bool
    package var differences: [String]
    package var runUs: Int?
    /// CodeBox could not run the test, which says nothing about the runtime.
    package var isError: Bool
    /// Refused system calls of the test; nil if they were not asked for.
    package var deniedSyscalls: [DeniedSyscall]?

    enum CodingKeys: String, CodingKey {
        case runtime, test, passed, differences
        case runUs = "run_us"
        case deniedSyscalls = "denied_syscalls"
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

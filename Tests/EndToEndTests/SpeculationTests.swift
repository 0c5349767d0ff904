import Foundation
import Testing

extension EndToEnd {
    /// The kernel says of each process how it speculates (proc_pid_status(5)).
    @Suite(
        .server(environment: [
            "CODEBOX_SANDBOXES_RESTRICT_SPECULATION": "on", "CODEBOX_ZYGOTES": "on",
        ]))
    struct SpeculationTests {
        @Test("jobs run with speculation turned off where the setting says so")
        func restricted() async throws {
            for language in [Language.python, .bash] {
                let source = language.choose(
                    python: "print(open('/proc/self/status').read())", node: "",
                    bash: "cat /proc/self/status")
                let status = try await run(JobBody(language, source)).stdout.text
                #expect(status.contains("Speculation_Store_Bypass:\tthread force mitigated"))
                #expect(
                    status.contains("SpeculationIndirectBranch:\tconditional force disabled")
                        || status.contains("SpeculationIndirectBranch:\talways disabled"),
                    "\(language): \(status)")
            }
        }
    }
}

import Foundation
import Testing

extension EndToEnd {
    /// The setting that restores one namespace for one job.
    @Suite(
        .server(environment: [
            "CODEBOX_ZYGOTES": "on", "CODEBOX_SANDBOXES_NETWORK_NAMESPACES": "fresh",
        ]))
    struct FreshNetworkTests {
        @Test(
            "with fresh network namespaces every job has a new one",
            arguments: NetworkReuseTests.languages)
        func fresh(_ language: Language) async throws {
            let found = try await NetworkReuseTests.networks(language, 30)
            #expect(Set(found).count == 30, "\(found)")
        }
    }
}

/// Whether one part that jobs need is ready.
package struct ReadinessCheck: Sendable, Hashable {
    /// `store`, `warden`, `runtimes` or `intake` (whether new jobs are taken).
    package var name: String
    package var isReady: Bool
    /// What is wrong and what to do; empty if ready.
    package var detail: String

    package init(name: String, isReady: Bool, detail: String = "") {
        self.name = name
        self.isReady = isReady
        self.detail = detail
    }
}

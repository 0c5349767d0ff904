import Testing

/// A harmful program that needs an input, and the outcomes that its job may have. Tests/Attacks has
/// all others.
struct Abuse: Sendable, CustomTestStringConvertible {
    var name: String
    var language: Language
    var source: String
    var limits: JobBody.Limits
    var outcomes: Set<String>
    /// The expected output, if it is known.
    var prints: String?
    var stdin: String?
    var within: Duration

    var testDescription: String { name }

    init(
        _ name: String, in language: Language = .python, _ outcomes: Set<String>,
        prints: String? = nil,
        stdin: String? = nil, wallMs: Int = 2_000, memory: Int = 96 << 20, processes: Int = 32,
        workspace: Int = 16 << 20, within: Duration = .seconds(6), _ source: String
    ) {
        self.name = name
        self.language = language
        self.source = source
        self.outcomes = outcomes
        self.prints = prints
        self.stdin = stdin
        self.within = within
        limits = JobBody.Limits(
            wallMs: wallMs, memoryBytes: memory, processes: processes, workspaceBytes: workspace)
    }
}

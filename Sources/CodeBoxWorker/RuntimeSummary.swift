package import CodeBoxCore

/// A runtime as clients see it.
package struct RuntimeSummary: Sendable, Hashable {
    package var name: String
    package var version: String
    package var aliases: [String]
    /// Digest of the current image; nil if none is built here.
    package var digest: String?
    /// File name that `source` is saved under.
    package var entrypoint: String
    /// Whether its interpreter is forked for jobs that allow it.
    package var hasZygote: Bool
    /// What a job gets that names no limits.
    package var limits: Limits
    /// The most a job may ask for.
    package var ceiling: Limits

    package init(
        name: String, version: String, aliases: [String], digest: String?, entrypoint: String,
        hasZygote: Bool = false, limits: Limits, ceiling: Limits
    ) {
        self.name = name
        self.version = version
        self.aliases = aliases
        self.digest = digest
        self.entrypoint = entrypoint
        self.hasZygote = hasZygote
        self.limits = limits
        self.ceiling = ceiling
    }
}

package import CodeBoxCore

/// A runtime as clients see it.
package struct RuntimeSummary: Sendable, Hashable {
    package var name: String
    package var version: String
    package var aliases: [String]
    /// The digest of the current image; nil if none is built here.
    package var digest: String?
    /// The file name under which `source` is saved.
    package var entrypoint: String
    /// Whether its jobs are forked from a zygote, unless they ask for a fresh interpreter.
    package var hasZygote: Bool
    /// The limits of a job that names none.
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

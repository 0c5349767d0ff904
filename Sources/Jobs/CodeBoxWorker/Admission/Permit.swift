package import CodeBoxCore

/// What one admitted job may do.
package struct Permit: Sendable {
    /// The floor and the ceiling of the job's limits; nil: the server's own.
    package var limits: LimitsPolicy?
    /// False: the job is not forked from a zygote, whatever it asks for.
    package var mayFork: Bool

    package init(limits: LimitsPolicy? = nil, mayFork: Bool = true) {
        self.limits = limits
        self.mayFork = mayFork
    }
}

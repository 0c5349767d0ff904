package import CodeBoxCore

/// How a runtime's interpreter is forked instead of started anew for each job: `zygote:` in its
/// manifest.
package struct RuntimeZygote: Hashable, Sendable {
    package typealias Kind = ZygoteStart.Kind

    package var kind: Kind
    /// Modules to import before the first fork, so that no job has to.
    package var preload: [String]
    /// Variables that the interpreter or one of its libraries reads when it starts. A job that sets
    /// one to another value than the runtime does is exec'ed.
    package var execForEnvironment: [VariablePattern]
    /// True if the zygote is described, but not used.
    package var isOff: Bool

    package init(
        kind: Kind, preload: [String] = [], execForEnvironment: [VariablePattern] = [],
        isOff: Bool = false
    ) {
        self.kind = kind
        self.preload = preload
        self.execForEnvironment = execForEnvironment
        self.isOff = isOff
    }

    /// Whether a forked interpreter would see a job's variables too late.
    /// - Parameters:
    ///   - variables: the job's own.
    ///   - standard: what the zygote was started with.
    package func needsExec(for variables: [String: String], over standard: [String: String])
        -> Bool
    {
        variables.contains { name, value in
            standard[name] != value && execForEnvironment.contains { $0.matches(name) }
        }
    }
}

package import CodeBoxCore

/// How a runtime's interpreter is forked instead of started anew for each job: `zygote:` in its
/// manifest.
package struct RuntimeZygote: Hashable, Sendable {
    package typealias Kind = ZygoteStart.Kind

    package var kind: Kind
    /// Modules to import before the first fork, so that no job has to.
    package var preload: [String]
    /// Variables that the interpreter or one of its libraries reads when it starts. A job that sets
    /// one to another value than the runtime does is exec'ed, with the following exceptions.
    package var execForEnvironment: [VariablePattern]
    /// What a forked interpreter takes over as one that starts with it.
    package var forkForEnvironment: [VariableSetting]
    /// Variables with values. Jobs that have them are forked from a zygote that was started with
    /// them, which is kept while they come.
    package var variants: [VariableSetting]
    /// True if the zygote is described, but not used.
    package var isOff: Bool

    package init(
        kind: Kind, preload: [String] = [], execForEnvironment: [VariablePattern] = [],
        forkForEnvironment: [VariableSetting] = [], variants: [VariableSetting] = [],
        isOff: Bool = false
    ) {
        self.kind = kind
        self.preload = preload
        self.execForEnvironment = execForEnvironment
        self.forkForEnvironment = forkForEnvironment
        self.variants = variants
        self.isOff = isOff
    }

    /// The variants of the zygote that a job with these variables can be forked from.
    /// - Parameters:
    ///   - variables: the job's own.
    ///   - standard: what every zygote of the runtime was started with.
    /// - Returns: bit n stands for the variant of index n; nil if every forked interpreter would
    ///   see one of the variables too late.
    package func variants(for variables: [String: String], over standard: [String: String])
        -> UInt32?
    {
        var chosen: UInt32 = 0
        for (name, value) in variables where standard[name] != value {
            guard execForEnvironment.contains(where: { $0.matches(name) }),
                !forkForEnvironment.contains(where: { $0.matches(name, value) })
            else { continue }
            guard let index = variants.firstIndex(where: { $0.matches(name, value) }) else {
                return nil
            }
            chosen |= 1 << UInt32(index)
        }
        return chosen
    }

    /// Whether the interpreter treats a program of this name in another way than others.
    package func needsExec(forEntrypoint name: String) -> Bool {
        switch kind {
        // Its bytecode is run without being compiled.
        case .python: name.hasSuffix(".pyc")
        // `node inspect` is node's debugger.
        case .node: name == "inspect"
        }
    }
}

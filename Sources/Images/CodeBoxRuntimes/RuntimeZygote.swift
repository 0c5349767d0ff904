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
    /// What a zygote for programs with a suffix runs through before its first fork, by suffix. It
    /// makes them quicker and changes nothing else, so they may be forked from other zygotes, too.
    package var warmForSuffix: [String: String]
    /// True if the zygote is described, but not used.
    package var isOff: Bool

    package init(
        kind: Kind, preload: [String] = [], execForEnvironment: [VariablePattern] = [],
        forkForEnvironment: [VariableSetting] = [], variants: [VariableSetting] = [],
        warmForSuffix: [String: String] = [:], isOff: Bool = false
    ) {
        self.kind = kind
        self.preload = preload
        self.execForEnvironment = execForEnvironment
        self.forkForEnvironment = forkForEnvironment
        self.variants = variants
        self.warmForSuffix = warmForSuffix
        self.isOff = isOff
    }

    /// The variants of the zygote that a job with these variables can be forked from.
    /// - Parameters:
    ///   - variables: the job's own.
    ///   - standard: what every zygote of the runtime was started with.
    /// - Returns: bit n stands for the variant of index n; nil if every forked interpreter would
    ///   see one of the variables too late.
    package func variants(
        for variables: [String: String], over standard: [String: String]
    ) -> UInt32? {
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

    /// What zygotes can run through in addition, each once.
    private var warmUps: [String] { Set(warmForSuffix.values).sorted() }

    /// All variables that a zygote can have in addition: the variants and, behind them, one for
    /// each warm-up.
    package var startVariants: [String] {
        variants.compactMap(\.variable) + warmUps.map { "\(ZygoteStart.warmVariable)=\($0)" }
    }

    /// The variant that makes a program of this name quicker, as a bit; 0 if there is none.
    package func warmUp(forEntrypoint name: String) -> UInt32 {
        guard !warmForSuffix.isEmpty, let dot = name.lastIndex(of: "."),
            let warmUp = warmForSuffix[String(name[dot...])],
            let index = warmUps.firstIndex(of: warmUp)
        else { return 0 }
        return 1 << UInt32(variants.count + index)
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

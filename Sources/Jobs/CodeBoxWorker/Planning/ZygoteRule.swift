package import CodeBoxRuntimes

/// Whether interpreters are forked for jobs, and for which runtimes they are not.
package struct ZygoteRule: Hashable, Sendable {
    package var isOn: Bool
    /// Runtimes, by name or alias, whose jobs are never forked.
    package var exceptions: Set<String>

    package init(isOn: Bool = true, exceptions: Set<String> = []) {
        self.isOn = isOn
        self.exceptions = exceptions
    }

    /// The zygote of the runtime, if it has one and it may be used.
    package func zygote(of manifest: RuntimeManifest) -> RuntimeZygote? {
        guard isOn, let zygote = manifest.zygote, !zygote.isOff,
            !exceptions.contains(manifest.name), exceptions.isDisjoint(with: manifest.aliases)
        else { return nil }
        return zygote
    }
}

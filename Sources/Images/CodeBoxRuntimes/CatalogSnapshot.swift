import CodeBoxCore

/// The content of all tags at one moment.
struct CatalogSnapshot {
    let stamp: CatalogStamp
    let runtimes: [InstalledRuntime]
    /// Why an image can't be used, by the runtime's name.
    let damage: [String: CodeBoxError]
    /// By every reference a job may use: name, alias, and both with each leading part of the
    /// version.
    private let references: [String: Target]

    /// What a reference stands for.
    private struct Target {
        var index: Int
        /// See ``InstalledRuntime/aliasEntrypoint``.
        var entrypoint: String?
    }

    init(store: ImageStore, stamp: CatalogStamp) {
        self.stamp = stamp
        var runtimes: [InstalledRuntime] = []
        var damage: [String: CodeBoxError] = [:]
        for name in store.tagNames() {
            do throws(CodeBoxError) {
                runtimes.append(try store.installed(name))
            } catch {
                damage[name] = error
            }
        }
        var references: [String: Target] = [:]
        for (index, runtime) in runtimes.enumerated() {
            for alias in runtime.manifest.aliases {
                let target = Target(
                    index: index, entrypoint: runtime.manifest.aliasEntrypoints[alias])
                for reference in Self.versioned(alias, runtime.manifest.version)
                where references[reference] == nil {
                    references[reference] = target
                }
            }
        }
        // Names come last, so that no alias can replace another runtime's name.
        for (index, runtime) in runtimes.enumerated() {
            for reference in Self.versioned(runtime.manifest.name, runtime.manifest.version) {
                references[reference] = Target(index: index)
            }
        }
        self.runtimes = runtimes
        self.damage = damage
        self.references = references
    }

    func resolved(_ reference: String) -> InstalledRuntime? {
        guard let target = references[reference] else { return nil }
        var runtime = runtimes[target.index]
        runtime.aliasEntrypoint = target.entrypoint
        return runtime
    }

    /// For the error that a wrong name gets.
    var summary: String {
        if runtimes.isEmpty { return "no runtime is built; run: codebox runtime build" }
        let names = runtimes.map(\.manifest).map { manifest in
            let aliases = manifest.aliases.sorted().joined(separator: ", ")
            return aliases.isEmpty ? manifest.name : "\(manifest.name) (also \(aliases))"
        }
        return "available: " + names.joined(separator: "; ")
    }

    private static func versioned(_ name: String, _ version: String) -> [String] {
        var references = [name]
        let parts = version.split(separator: ".")
        for count in 1...max(1, parts.count) {
            references.append("\(name):\(parts.prefix(count).joined(separator: "."))")
        }
        return references
    }
}

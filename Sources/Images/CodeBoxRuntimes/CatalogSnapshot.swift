import CodeBoxCore

/// The content of all tags at one moment.
struct CatalogSnapshot {
    let stamp: CatalogStamp
    let runtimes: [InstalledRuntime]
    /// Why an image can't be used, by the runtime's name.
    let damage: [String: CodeBoxError]
    /// By every reference a job may use: name, alias, and both with each leading part of the
    /// version.
    private let references: [String: Int]

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
        var references: [String: Int] = [:]
        for (index, runtime) in runtimes.enumerated() {
            for alias in runtime.manifest.aliases {
                for reference in Self.versioned(alias, runtime.manifest.version)
                where references[reference] == nil {
                    references[reference] = index
                }
            }
        }
        // Names come last, so that no alias can replace another runtime's name.
        for (index, runtime) in runtimes.enumerated() {
            for reference in Self.versioned(runtime.manifest.name, runtime.manifest.version) {
                references[reference] = index
            }
        }
        self.runtimes = runtimes
        self.damage = damage
        self.references = references
    }

    func resolved(_ reference: String) -> InstalledRuntime? {
        references[reference].map { runtimes[$0] }
    }

    /// For the error that a wrong name gets.
    var summary: String {
        if runtimes.isEmpty { return "no runtime is built; run: codebox runtime build" }
        return "available: " + runtimes.map(\.manifest.name).joined(separator: ", ")
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

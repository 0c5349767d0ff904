package import CodeBoxCore
import Synchronization

/// Finds the image for a job. Because every job asks, the catalog answers from memory and checks
/// the disk with one `stat`.
///
/// The images' manifests decide. The `runtimes` folder, if given, only distinguishes a runtime that
/// is not built from one that does not exist.
package final class RuntimeCatalog: Sendable {
    private let store: ImageStore
    /// Names and aliases of the runtimes that can be built, each with the runtime's name.
    private let buildable: [String: String]
    private let buildableManifests: [RuntimeManifest]
    private let snapshot = Mutex<CatalogSnapshot?>(nil)

    /// - Parameter runtimesDirectory: holds the folders of runtimes that can be built; read only
    ///   once.
    package init(dataDirectory: String, runtimesDirectory: String? = nil) {
        store = ImageStore(dataDirectory: dataDirectory)
        let folders = runtimesDirectory.flatMap { try? RuntimeFolder.all(in: $0) } ?? []
        buildableManifests = folders.map(\.manifest)
        var buildable: [String: String] = [:]
        for manifest in buildableManifests {
            for name in manifest.aliases + [manifest.name] { buildable[name] = manifest.name }
        }
        self.buildable = buildable
    }

    /// Resolves a job's `runtime` field: `name`, an alias, or either with `:version`,
    /// where `24` and `24.19` both match version `24.19.0`.
    /// - Throws: `unknownRuntime`, `runtimeNotBuilt`; the field is `runtime`.
    package func resolve(_ reference: String) throws(CodeBoxError) -> InstalledRuntime {
        let snapshot = current()
        if let known = snapshot.resolved(reference) { return known }
        let parts = reference.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? ""
        if let damage = snapshot.damage[name] { throw damage }
        if let installed = snapshot.resolved(name) {
            throw CodeBoxError(
                .unknownRuntime,
                "there is no '\(reference)'; the version of \(installed.manifest.name) is "
                    + installed.manifest.version,
                field: "runtime")
        }
        if let recipe = buildable[name] {
            throw CodeBoxError(
                .runtimeNotBuilt,
                "no image of '\(recipe)' is built; run: codebox runtime build \(recipe)",
                field: "runtime")
        }
        throw CodeBoxError(
            .unknownRuntime, "there is no runtime '\(name)'; \(snapshot.summary)", field: "runtime")
    }

    /// Every runtime that has a usable image, by name.
    package func list() -> [InstalledRuntime] { current().runtimes }

    /// Manifests of all runtimes that have a usable image or could be built.
    package func manifests() -> [RuntimeManifest] {
        let installed = list().map(\.manifest)
        let names = Set(installed.map(\.name))
        return installed + buildableManifests.filter { !names.contains($0.name) }
    }

    /// The faults of images that a tag points to; empty if there are none.
    package func damaged() -> [CodeBoxError] {
        current().damage.sorted { $0.key < $1.key }.map(\.value)
    }

    private func current() -> CatalogSnapshot {
        let stamp = CatalogStamp(directory: store.tagsDirectory)
        return snapshot.withLock { cached in
            if let cached, cached.stamp == stamp, stamp.isSettled { return cached }
            let fresh = CatalogSnapshot(store: store, stamp: stamp)
            cached = fresh
            return fresh
        }
    }
}

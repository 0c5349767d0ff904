import CodeBoxCore
import CodeBoxRuntimes
import Glibc

/// A line of `codebox runtime list`.
struct RuntimeRow: Encodable {
    enum State: String, Encodable {
        case ready
        /// The folder's manifest differs from the image's.
        case outdated
        case notBuilt = "not_built"
        /// An image that no tag points to.
        case unused
        case damaged

        var text: String {
            switch self {
            case .ready: "ready"
            case .outdated: "manifest has changed since the build"
            case .notBuilt: "not built"
            case .unused: "not in use"
            case .damaged: "damaged"
            }
        }
    }

    var name: String
    var version: String?
    var digest: String?
    var state: State

    static func all(store: ImageStore, runtimesDirectory: String) throws(CodeBoxError)
        -> [RuntimeRow]
    {
        var folders: [RuntimeFolder] = []
        if access(runtimesDirectory, F_OK) == 0 {
            folders = try RuntimeFolder.all(in: runtimesDirectory)
        }
        var rows: [RuntimeRow] = []
        for name in store.tagNames() {
            rows.append(current(name, store, folders.first { $0.manifest.name == name }))
        }
        for folder in folders where store.current(folder.manifest.name) == nil {
            let manifest = folder.manifest
            rows.append(
                RuntimeRow(name: manifest.name, version: manifest.version, state: .notBuilt))
        }
        rows.sort { $0.name < $1.name }
        return rows + unused(store)
    }

    private static func current(
        _ name: String, _ store: ImageStore, _ folder: RuntimeFolder?
    ) -> RuntimeRow {
        let digest = store.current(name)
        guard let installed = try? store.installed(name) else {
            return RuntimeRow(name: name, version: nil, digest: digest, state: .damaged)
        }
        let isCurrent = folder.map { ImageBuilder(store: store).isCurrent($0) } ?? true
        return RuntimeRow(
            name: name, version: installed.manifest.version, digest: digest,
            state: isCurrent ? .ready : .outdated)
    }

    private static func unused(_ store: ImageStore) -> [RuntimeRow] {
        let used = Set(store.tagNames().compactMap { store.current($0) })
        return store.digests().filter { !used.contains($0) }.map { digest in
            let installed = try? store.installed(digest: digest)
            return RuntimeRow(
                name: installed?.manifest.name ?? "-", version: installed?.manifest.version,
                digest: digest, state: installed == nil ? .damaged : .unused)
        }
    }
}

import CodeBoxRuntimes
import Foundation

/// A data directory with one runtime's image, as the catalog finds it on disk, and room for a
/// store. Gone at the end.
final class TestDataDirectory: Sendable {
    let path: String
    static let digest = String(repeating: "5", count: 64)
    /// Of the runtime `heap`, whose command follows the memory limit.
    static let heapDigest = String(repeating: "6", count: 64)

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/codebox-worker-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path + "/tags", withIntermediateDirectories: true)
        try install("script", Self.manifest, digest: Self.digest)
    }

    /// Puts an image there and makes it the runtime's current one.
    func install(_ name: String, _ manifest: String = manifest, digest: String) throws {
        let image = "\(path)/images/\(digest)"
        try FileManager.default.createDirectory(
            atPath: image + "/rootfs", withIntermediateDirectories: true)
        try manifest.write(toFile: image + "/manifest.yaml", atomically: true, encoding: .utf8)
        try (digest + "\n").write(
            toFile: "\(path)/tags/\(name)", atomically: true, encoding: .utf8)
    }

    var catalog: RuntimeCatalog { RuntimeCatalog(dataDirectory: path) }
    var storePath: String { path + "/jobs.sqlite" }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    static let heapManifest = """
        name: heap
        version: "1"
        entrypoint: main.heap
        command: [/bin/heap, "--mib={heap_mib}", "{entrypoint}"]
        zygote: {kind: node}
        image: {suite: trixie, packages: [none]}
        """

    static let manifest = """
        name: script
        version: "2.5"
        aliases: [sc]
        entrypoint: main.script
        command: [/bin/script, --safe, "{entrypoint}"]
        environment: {LANG: C.UTF-8, MODE: manifest}
        limits: {wall_ms: 5000, output_bytes: 4096}
        memory: {least_bytes: 16777216}
        processes: {least: 2}
        open_files: {least: 20}
        zygote: {kind: python, preload: [json], exec_for_environment: [LANG, "SC_*"]}
        image: {suite: trixie, packages: [none]}
        """
}

import CodeBoxRuntimes
import Foundation

/// A data directory with one runtime's image, as the catalog finds it on disk, and room for a store.
/// Gone at the end.
final class TestDataDirectory: Sendable {
    let path: String
    static let digest = String(repeating: "5", count: 64)

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/codebox-worker-\(UUID().uuidString)"
        let image = "\(path)/images/\(Self.digest)"
        for folder in ["\(image)/rootfs", "\(path)/tags"] {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
        }
        try Self.manifest.write(
            toFile: "\(image)/manifest.yaml", atomically: true, encoding: .utf8)
        try (Self.digest + "\n").write(
            toFile: "\(path)/tags/script", atomically: true, encoding: .utf8)
    }

    var catalog: RuntimeCatalog { RuntimeCatalog(dataDirectory: path) }
    var storePath: String { path + "/jobs.sqlite" }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private static let manifest = """
        name: script
        version: "2.5"
        aliases: [sc]
        entrypoint: main.script
        command: [/bin/script, --safe, "{entrypoint}"]
        environment: {LANG: C.UTF-8, MODE: manifest}
        limits: {wall_ms: 5000, output_bytes: 4096}
        memory: {least_bytes: 16777216}
        image: {suite: trixie, packages: [none]}
        """
}

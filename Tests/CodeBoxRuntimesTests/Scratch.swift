import Foundation
import Testing

@testable import CodeBoxRuntimes

/// A directory of a test's own, gone when the test is.
final class Scratch {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "codebox-runtimes-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file, with the folders above it.
    func write(_ text: String, to relative: String) throws {
        let file = path + "/" + relative
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: file, atomically: false, encoding: .utf8)
    }

    func names(in relative: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path + "/" + relative).sorted()
    }

    /// Lays an image down as a build would, and makes it the runtime's current one.
    @discardableResult
    func install(
        _ name: String, version: String = "1.2.3", aliases: [String] = [], mark: String = "",
        more: String = ""
    )
        throws -> String
    {
        let store = ImageStore(dataDirectory: path)
        let staging = "staging-" + UUID().uuidString
        try write("content \(mark)", to: "\(staging)/rootfs/usr/bin/\(name)")
        try write(
            Self.manifest(name, version: version, aliases: aliases) + "\n" + more,
            to: "\(staging)/manifest.yaml")
        try write("some-package 1.0\n", to: "\(staging)/packages.lock")
        let digest = try TreeDigest.compute("\(path)/\(staging)")
        try File.createDirectory(store.imagesDirectory)
        try File.rename("\(path)/\(staging)", to: store.imageDirectory(digest))
        try store.setCurrent(name, to: digest)
        return digest
    }

    static func manifest(_ name: String, version: String = "1.2.3", aliases: [String] = [])
        -> String
    {
        """
        name: \(name)
        version: "\(version)"
        aliases: [\(aliases.joined(separator: ", "))]
        entrypoint: main.x
        command: [/usr/bin/\(name), "{entrypoint}"]
        image: {packages: [\(name)]}
        """
    }
}

/// The repository's own `runtimes` folder.
let committedRuntimes = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("runtimes").path

import Foundation
import Glibc

/// A temporary folder with a data directory in it that uses the shared images.
struct Scratch: Sendable {
    let path: String
    var data: String { path + "/data" }

    struct NoImages: Error, CustomStringConvertible {
        var description: String
    }

    init() throws {
        let shared = Installation.sharedData
        let files = FileManager.default
        guard files.fileExists(atPath: shared + "/images") else {
            throw NoImages(
                description: "no images in \(shared): build them with `codebox runtime build`, or "
                    + "name their data directory in CODEBOX_TEST_IMAGES")
        }
        path = "/tmp/codebox-e2e-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        try files.createDirectory(atPath: path + "/tmp", withIntermediateDirectories: true)
        try files.createDirectory(atPath: data, withIntermediateDirectories: true)
        chmod(path, 0o755)
        chmod(path + "/tmp", 0o1777)
        for name in ["images", "tags"] {
            try files.createSymbolicLink(
                atPath: data + "/" + name, withDestinationPath: shared + "/" + name)
        }
    }

    /// Makes a user the owner of the folders that `codebox` writes to.
    func give(to uid: UInt32) {
        for folder in [path, path + "/tmp", data] { chown(folder, uid, uid) }
    }

    /// Writes a file for a command to read.
    func file(_ name: String, _ content: String) throws -> String {
        let file = path + "/" + name
        try Data(content.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }

    /// Writes a file with the folders above it.
    func lay(_ content: String, at relative: String) throws {
        let file = URL(fileURLWithPath: path + "/" + relative)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: file)
    }

    /// The files that commands left in `TMPDIR`.
    var temporaryFiles: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path + "/tmp")) ?? []
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}

package import CodeBoxCore
import Foundation

/// A folder `runtimes/<name>` with the manifest and all other files of the runtime.
package struct RuntimeFolder: Hashable, Sendable {
    package let path: String
    package let manifest: RuntimeManifest
    /// The manifest's bytes, as they go into the image.
    package let manifestText: String

    /// - Throws: ``CodeBoxError`` with code `configurationInvalid`, naming file and key.
    package init(path: String) throws(CodeBoxError) {
        self.path = path
        let file = path + "/manifest.yaml"
        manifestText = try Self.read(file)
        manifest = try RuntimeManifest(yaml: manifestText, file: file)
        let folder = URL(fileURLWithPath: path).lastPathComponent
        guard folder == manifest.name else {
            throw CodeBoxError(
                .configurationInvalid,
                "\(file): name is '\(manifest.name)', but its folder is '\(folder)'; make them "
                    + "equal")
        }
    }

    /// Every runtime folder in a directory, by name.
    /// - Throws: `configurationInvalid` if the directory can't be read or any manifest is wrong.
    package static func all(in directory: String) throws(CodeBoxError) -> [RuntimeFolder] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        } catch {
            throw CodeBoxError(
                .configurationInvalid,
                "the runtimes directory \(directory) can't be read; name it with --runtimes-dir",
                cause: String(describing: error))
        }
        var folders: [RuntimeFolder] = []
        // `codebox runtime new` writes a folder under a hidden name first.
        for name in names
        where !name.hasPrefix(".")
            && FileManager.default.fileExists(atPath: "\(directory)/\(name)/manifest.yaml")
        {
            folders.append(try RuntimeFolder(path: "\(directory)/\(name)"))
        }
        return folders
    }

    /// Reads a text file that an admin wrote.
    static func read(_ file: String) throws(CodeBoxError) -> String {
        do {
            return try String(contentsOfFile: file, encoding: .utf8)
        } catch {
            throw CodeBoxError(
                .configurationInvalid, "\(file) can't be read", cause: String(describing: error))
        }
    }
}

import CodeBoxCore
import CodeBoxRuntimes
import Glibc

/// Finds the runtime folders that a command line names.
enum RuntimeSelection {
    /// - Parameter names: all of the directory when empty.
    /// - Throws: `unknownRuntime` for a name without a folder.
    static func folders(_ names: [String], in directory: String) throws(CodeBoxError)
        -> [RuntimeFolder]
    {
        guard !names.isEmpty else { return try RuntimeFolder.all(in: directory) }
        var folders: [RuntimeFolder] = []
        for name in names {
            guard RuntimeManifest.isName(name),
                access("\(directory)/\(name)/manifest.yaml", F_OK) == 0
            else {
                let known = try RuntimeFolder.all(in: directory).map(\.manifest.name)
                throw CodeBoxError(
                    .unknownRuntime,
                    "\(directory) has no runtime '\(name)'; available: "
                        + known.joined(separator: ", ")
                        + ". Name another folder with --runtimes-dir")
            }
            folders.append(try RuntimeFolder(path: "\(directory)/\(name)"))
        }
        return folders
    }
}

import CodeBoxCore
import Foundation

/// Visits a directory tree: each directory before its entries, entries in the order of their names'
/// bytes, symbolic links as such.
enum TreeWalk {
    /// - Parameter visit: returns whether to go into a directory.
    /// - Throws: `imageFailed` for what can't be read and for names that are not UTF-8.
    static func run(
        _ root: String, visit: (TreeEntry) throws(CodeBoxError) -> Bool
    ) throws(CodeBoxError) {
        try enter(root, relative: "", visit)
    }

    private static func enter(
        _ directory: String, relative: String, _ visit: (TreeEntry) throws(CodeBoxError) -> Bool
    ) throws(CodeBoxError) {
        for name in try names(in: directory) {
            let path = "\(directory)/\(name)"
            let below = relative.isEmpty ? name : "\(relative)/\(name)"
            let entry = try describe(path, relative: below)
            if try visit(entry), entry.kind == .directory {
                try enter(path, relative: below, visit)
            }
        }
    }

    private static func describe(
        _ path: String, relative: String
    ) throws(CodeBoxError) -> TreeEntry {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw File.failure("read", path) }
        let kind: TreeEntry.Kind =
            switch status.st_mode & S_IFMT {
            case S_IFDIR: .directory
            case S_IFREG: .file
            case S_IFLNK: .link
            default: .other
            }
        return TreeEntry(
            path: path, relative: relative, kind: kind, mode: status.st_mode & 0o7777,
            size: Int(status.st_size))
    }

    private static func names(in directory: String) throws(CodeBoxError) -> [String] {
        guard let stream = opendir(directory) else { throw File.failure("read", directory) }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [0x2e], name != [0x2e, 0x2e] { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw File.failure("read", directory) }
        names.sort { $0.lexicographicallyPrecedes($1) }
        var texts: [String] = []
        for name in names {
            guard let text = String(validating: name, as: UTF8.self) else {
                throw CodeBoxError(
                    .imageFailed,
                    "\(directory) holds a name that is not UTF-8; add the name to the recipe's "
                        + "exclude list"
                )
            }
            texts.append(text)
        }
        return texts
    }
}

import CodeBoxCore
import Foundation

/// File operations whose errors name the operation, the file and the cause.
enum File {
    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Creates a directory and missing ones above it; an existing one is kept.
    static func createDirectory(_ path: String) throws(CodeBoxError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755])
        } catch {
            throw CodeBoxError(
                .imageFailed, "the directory \(path) can't be made; choose another with --data-dir",
                cause: String(describing: error))
        }
    }

    static func write(_ text: String, to path: String) throws(CodeBoxError) {
        try write(Array(text.utf8), to: path)
    }

    static func write(_ content: [UInt8], to path: String) throws(CodeBoxError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure("create", path) }
        defer { close(descriptor) }
        var bytes = content[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw failure("write", path) }
            bytes = bytes.dropFirst(max(0, count))
        }
        guard fsync(descriptor) == 0 else { throw failure("flush", path) }
    }

    /// Replaces a file in one step. The new file is on disk when this returns.
    static func replace(_ path: String, with text: String) throws(CodeBoxError) {
        let folder = directory(of: path)
        let temporary = "\(folder)/.\(UUID().uuidString.lowercased())"
        do throws(CodeBoxError) {
            try write(text, to: temporary)
            try rename(temporary, to: path)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Renames within one file system and flushes the directory that has the new name.
    static func rename(_ path: String, to destination: String) throws(CodeBoxError) {
        guard Glibc.rename(path, destination) == 0 else { throw failure("move", path) }
        try flush(directory: directory(of: destination))
    }

    static func remove(_ path: String) throws(CodeBoxError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("remove", path) }
        try flush(directory: directory(of: path))
    }

    /// Removes a tree, if it is there.
    static func removeTree(_ path: String) throws(CodeBoxError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw CodeBoxError(
                .imageFailed, "\(path) can't be removed", cause: String(describing: error))
        }
    }

    static func flush(directory path: String) throws(CodeBoxError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("flush", path) }
    }

    /// An `imageFailed` with the current errno's text.
    static func failure(_ verb: String, _ path: String) -> CodeBoxError {
        CodeBoxError(.imageFailed, "can't \(verb) \(path)", cause: String(cString: strerror(errno)))
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

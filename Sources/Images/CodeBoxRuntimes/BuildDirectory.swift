import CodeBoxCore
import Foundation

/// A separate directory for one build. It is locked while the build lives, so that the remains of
/// an interrupted build differ from a running build.
final class BuildDirectory: Sendable {
    let path: String
    private let lock: FileLock

    /// Removes the remains of interrupted builds, then creates the directory.
    init(in parent: String) throws(CodeBoxError) {
        try File.createDirectory(parent)
        // A user who can open a directory can hold its lock and block builds for ever. apt's user
        // must be able to pass through, no more.
        guard chmod(parent, 0o711) == 0 || errno == EPERM else {
            throw File.failure("set the mode of", parent)
        }
        // Held briefly, so that no build takes a directory that is not locked yet for a stale one.
        guard let gate = try FileLock(directory: parent, mode: .exclusive, wait: true) else {
            throw CodeBoxError(.imageFailed, "\(parent) can't be locked")
        }
        defer { gate.release() }
        try Self.removeStale(in: parent)
        path = "\(parent)/\(UUID().uuidString.lowercased())"
        guard mkdir(path, 0o755) == 0 else { throw File.failure("create", path) }
        guard let lock = try FileLock(directory: path, mode: .exclusive, wait: true) else {
            throw CodeBoxError(.imageFailed, "\(path) can't be locked")
        }
        self.lock = lock
    }

    /// Removes the directory and its content. The next build removes what can't be removed now.
    func remove() {
        try? File.removeTree(path)
        lock.release()
    }

    private static func removeStale(in parent: String) throws(CodeBoxError) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names {
            let path = "\(parent)/\(name)"
            guard File.isDirectory(path),
                let lock = try FileLock(directory: path, mode: .exclusive, wait: false)
            else { continue }
            defer { lock.release() }
            try File.removeTree(path)
        }
    }
}

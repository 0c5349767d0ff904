import CodeBoxCore
import Foundation

/// A directory of its own for one build, locked while the build lives, so that what an interrupted
/// one left is told from one that is under way.
final class BuildDirectory: Sendable {
    let path: String
    private let lock: FileLock

    /// Makes it, after removing what interrupted builds left behind.
    init(in parent: String) throws(CodeBoxError) {
        try File.createDirectory(parent)
        // Whoever may open a directory may hold its lock, and others' builds up for ever. apt's own
        // user must get through, no more.
        guard chmod(parent, 0o711) == 0 || errno == EPERM else {
            throw File.failure("set the mode of", parent)
        }
        // Held for a moment: nobody may take a directory that is made but not locked yet for stale.
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

    /// Removes it with all that is in it. What can't be removed is left for the next build.
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

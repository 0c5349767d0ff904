import CodeBoxCore
import Foundation

/// Looks up paths as a process does whose root directory is the image: a symbolic link leads to
/// another place in the image, never out of it.
struct ImageTree {
    /// The image's root, a path of this machine.
    let root: String

    /// As many as the kernel follows in one path (path_resolution(7)).
    private static let maximumLinks = 40

    /// Where the entry at a path of the image lies on this machine, with all links followed; nil if
    /// there is none.
    func place(of path: String) -> String? {
        var resolved: [Substring] = []
        var pending = Array(path.split(separator: "/").reversed())
        var links = 0
        var status = stat()
        guard lstat(root, &status) == 0 else { return nil }
        while let part = pending.popLast() {
            if part == "." { continue }
            if part == ".." {
                _ = resolved.popLast()
                continue
            }
            let place = place(resolved + [part])
            guard lstat(place, &status) == 0 else { return nil }
            guard status.st_mode & S_IFMT == S_IFLNK else {
                resolved.append(part)
                continue
            }
            links += 1
            guard links <= Self.maximumLinks,
                let target = try? FileManager.default.destinationOfSymbolicLink(atPath: place)
            else { return nil }
            if target.hasPrefix("/") { resolved = [] }
            pending += target.split(separator: "/").reversed()
        }
        return place(resolved)
    }

    func exists(_ path: String) -> Bool { place(of: path) != nil }

    /// Where the folder at a path of the image lies on this machine; missing ones are created.
    /// - Throws: `imageFailed` if the image has something else there.
    func makeFolder(_ path: String) throws(CodeBoxError) -> String {
        var folder = root
        var inside = ""
        for part in path.split(separator: "/") {
            inside += "/\(part)"
            if place(of: inside) == nil { _ = mkdir("\(folder)/\(part)", 0o755) }
            guard let next = place(of: inside), File.isDirectory(next) else {
                throw CodeBoxError(
                    .imageFailed, "\(inside) of the image is not a folder, and can't be made one")
            }
            folder = next
        }
        return folder
    }

    func isProgram(_ path: String) -> Bool {
        var status = stat()
        guard let place = place(of: path), lstat(place, &status) == 0 else { return false }
        return status.st_mode & S_IFMT == S_IFREG && status.st_mode & 0o111 != 0
    }

    private func place(_ parts: [Substring]) -> String {
        parts.isEmpty ? root : root + "/" + parts.joined(separator: "/")
    }
}

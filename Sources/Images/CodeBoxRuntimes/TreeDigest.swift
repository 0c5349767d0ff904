import CodeBoxCore
import Crypto
import Foundation

/// The digest that names an image: sha256 over a canonical listing of the image's folder (`rootfs`,
/// `manifest.yaml`, `packages.lock`, `zygote.start`).
///
/// The listing has five fields for each entry, each field ended by a NUL byte:
/// 1. `d`, `f` or `l`: directory, file, symbolic link; there is nothing else in an image,
/// 2. the permission bits with setuid, setgid and sticky in octal, four digits; empty for a link,
/// 3. the size in bytes in decimal; empty unless a file,
/// 4. the sha256 of a file's content in lower-case hex, or a link's target; empty for a directory,
/// 5. the path from the image's folder.
///
/// A directory precedes its content; entries of one directory are in the order of their names'
/// bytes. Times, owners and hard links are not included.
enum TreeDigest {
    static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    /// - Throws: `imageFailed` for what can't be read, and for devices, sockets and pipes.
    static func compute(_ folder: String) throws(CodeBoxError) -> String {
        var listing = SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { buffer.deallocate() }
        try TreeWalk.run(folder) { (entry) throws(CodeBoxError) in
            let mode = octal(entry.mode)
            let fields: [String] =
                switch entry.kind {
                case .directory: ["d", mode, "", "", entry.relative]
                case .file:
                    ["f", mode, String(entry.size), try content(entry, buffer), entry.relative]
                case .link: ["l", "", "", try target(entry), entry.relative]
                case .other:
                    throw CodeBoxError(
                        .imageFailed, "\(entry.path) is neither file, directory nor symbolic link")
                }
            for field in fields { listing.update(data: Array(field.utf8) + [0]) }
            return true
        }
        return hex(listing.finalize())
    }

    /// The sha256 of one file's content in lower-case hex.
    static func ofFile(_ path: String) throws(CodeBoxError) -> String {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { buffer.deallocate() }
        return try hash(path, buffer).digest
    }

    private static func content(
        _ entry: TreeEntry, _ buffer: UnsafeMutableRawBufferPointer
    ) throws(CodeBoxError) -> String {
        let (digest, size) = try hash(entry.path, buffer)
        guard size == entry.size else {
            throw CodeBoxError(.imageFailed, "\(entry.path) changed while it was read")
        }
        return digest
    }

    private static func hash(
        _ path: String, _ buffer: UnsafeMutableRawBufferPointer
    ) throws(CodeBoxError) -> (digest: String, size: Int) {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw File.failure("read", path) }
        defer { close(descriptor) }
        var hash = SHA256()
        var size = 0
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw File.failure("read", path) }
            if count == 0 { return (hex(hash.finalize()), size) }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            size += count
        }
    }

    private static func target(_ entry: TreeEntry) throws(CodeBoxError) -> String {
        do {
            return try FileManager.default.destinationOfSymbolicLink(atPath: entry.path)
        } catch {
            throw CodeBoxError(
                .imageFailed, "can't read \(entry.path)", cause: String(describing: error))
        }
    }

    private static func octal(_ mode: UInt32) -> String {
        let text = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - text.utf8.count)) + text
    }

    private static func hex(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

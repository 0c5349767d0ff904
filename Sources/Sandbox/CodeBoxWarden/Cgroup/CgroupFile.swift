import Glibc

/// Reads and writes the kernel's cgroup files, each in one piece.
///
/// Paths are relative to `directory`, an open directory, or absolute with `AT_FDCWD`.
enum CgroupFile {
    static func open(
        _ path: String, at directory: CInt, flags: CInt
    ) throws(CgroupIOError) -> CInt {
        while true {
            let fd = openat(directory, path, flags | O_CLOEXEC)
            if fd >= 0 { return fd }
            guard errno == EINTR else {
                throw CgroupIOError(action: "open", path: path, errno: errno)
            }
        }
    }

    static func write(
        _ text: String, to path: String, at directory: CInt
    ) throws(CgroupIOError) {
        let fd = try open(path, at: directory, flags: O_WRONLY)
        defer { close(fd) }
        var text = text
        while true {
            let written = text.withUTF8 { Glibc.write(fd, $0.baseAddress, $0.count) }
            if written >= 0 { return }
            // Lowering a limit reclaims, which a signal may cut short.
            guard errno == EINTR else {
                throw CgroupIOError(action: "write \(text) to", path: path, errno: errno)
            }
        }
    }

    /// Lets a group write a cgroup's `cgroup.procs`.
    static func admit(group: UInt32, at directory: CInt) throws(CgroupIOError) {
        let path = "cgroup.procs"
        guard fchownat(directory, path, uid_t.max, group, 0) == 0,
            fchmodat(directory, path, 0o664, 0) == 0
        else { throw CgroupIOError(action: "give a group the right to", path: path, errno: errno) }
    }

    /// The whole file.
    static func read(_ path: String, at directory: CInt = AT_FDCWD) throws(CgroupIOError) -> [UInt8]
    {
        let fd = try open(path, at: directory, flags: O_RDONLY)
        defer { close(fd) }
        var bytes: [UInt8] = []
        while true {
            let piece = try readPiece(fd, path: path)
            if bytes.isEmpty, piece.count < pieceSize { return piece }
            if piece.isEmpty { return bytes }
            bytes += piece
        }
    }

    /// The first 4 kB of a file that stays open, as it is now. Empty if it can't be read.
    static func reread(_ fd: CInt) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, count in
            count = max(0, pread(fd, buffer.baseAddress, buffer.count, 0))
        }
    }

    /// The file as text; nil if there is none or it can't be read.
    static func text(_ path: String) -> String? {
        guard let bytes = try? read(path) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func number(_ path: String, at directory: CInt) throws(CgroupIOError) -> Int {
        leadingNumber(try read(path, at: directory)[...]) ?? 0
    }

    /// The number after `key` on the line that starts with it.
    static func number(of key: StaticString, in bytes: [UInt8]) -> Int? {
        let name = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
        var line = bytes[...]
        while !line.isEmpty {
            if line.starts(with: name), line.dropFirst(name.count).first == UInt8(ascii: " ") {
                return leadingNumber(line.dropFirst(name.count + 1))
            }
            guard let end = line.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            line = line[(end + 1)...]
        }
        return nil
    }

    static func leadingNumber(_ bytes: ArraySlice<UInt8>) -> Int? {
        var value = 0
        var found = false
        for byte in bytes {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { break }
            // A counter at its ceiling, e.g. "no limit" on v1, stays at it.
            let (product, over) = value.multipliedReportingOverflow(by: 10)
            if over { return Int.max }
            value = product + Int(byte - UInt8(ascii: "0"))
            found = true
        }
        return found ? value : nil
    }

    private static let pieceSize = 4096

    private static func readPiece(_ fd: CInt, path: String) throws(CgroupIOError) -> [UInt8] {
        var failure: CInt = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, count in
            var got: Int
            repeat {
                got = Glibc.read(fd, buffer.baseAddress, buffer.count)
            } while got < 0
                && errno == EINTR
            if got < 0 { failure = errno }
            count = max(0, got)
        }
        guard failure == 0 else { throw CgroupIOError(action: "read", path: path, errno: failure) }
        return bytes
    }
}

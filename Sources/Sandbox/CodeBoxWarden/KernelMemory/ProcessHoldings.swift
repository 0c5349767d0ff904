import Glibc

/// What one process holds of the kernel's memory, as far as /proc tells. The process belongs to a
/// job and may end at any time; what can't be read counts as nothing.
struct ProcessHoldings {
    private let folder: String

    /// A descriptor's `struct file` and what is behind it, which may be an eventfd, a timer, an
    /// epoll set or a socket.
    static let descriptorBytes = 1024
    /// A TCP socket, or one that waits in an accept queue, with its two smallest buffers.
    static let socketBytes = 4096

    /// An event loop's own, which hold next to nothing.
    private static let fewSockets = 8
    /// More descriptors than these are not looked at one by one.
    private static let mostFiles = 512
    /// Of each list of TCP sockets, 4 KiB a read, 27 sockets.
    private static let mostReads = 64

    init(_ pid: pid_t) {
        folder = "/proc/\(pid)"
    }

    /// The number of descriptors.
    var descriptors: Int {
        var facts = stat()
        // Since Linux 6.2 the folder's size is the number.
        if stat(folder + "/fd", &facts) == 0, facts.st_size > 0 { return Int(facts.st_size) }
        let status = (try? CgroupFile.read(folder + "/status")) ?? []
        return KernelMemoryGauge.field("FDSize:", of: status[...]) ?? 0
    }

    /// The files that its first descriptors stand for.
    var files: Set<LockSample.File> {
        guard let directory = opendir(folder + "/fd") else { return [] }
        defer { closedir(directory) }
        var found: Set<LockSample.File> = []
        for _ in 0..<Self.mostFiles {
            guard let entry = readdir(directory) else { break }
            var facts = stat()
            let isThere = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) {
                    fstatat(dirfd(directory), $0, &facts, 0) == 0
                }
            }
            if isThere {
                found.insert(
                    LockSample.File(device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino)))
            }
        }
        return found
    }

    /// What the sockets of its network namespace hold, in use or in accept queues: bytes.
    var networkBytes: Int {
        guard let facts = try? CgroupFile.read(folder + "/net/sockstat") else { return 0 }
        let used = KernelMemoryGauge.field("used", of: facts[...]) ?? 0
        let inUse = KernelMemoryGauge.field("inuse", of: facts[...]) ?? 0
        var bytes = (used + inUse) * Self.socketBytes
        // The kernel walks the whole machine's table for these.
        if used > Self.fewSockets { bytes += queuedBytes("tcp") + queuedBytes("tcp6") }
        return bytes
    }

    /// The bytes in the queues of TCP sockets, whose buffers take at least as much.
    private func queuedBytes(_ list: String) -> Int {
        let path = folder + "/net/" + list
        guard let fd = try? CgroupFile.open(path, at: AT_FDCWD, flags: O_RDONLY) else { return 0 }
        defer { close(fd) }
        var bytes = 0
        for _ in 0..<Self.mostReads {
            let piece = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
                count = max(0, read(fd, buffer.baseAddress, buffer.count))
            }
            if piece.isEmpty { break }
            bytes += Self.queued(piece)
        }
        return bytes
    }

    /// - Parameter text: whole lines of /proc/net/tcp: `0: local remote state tx:rx …`, in
    ///   hexadecimal. A listening socket's numbers are of connections; they are small.
    static func queued(_ text: [UInt8]) -> Int {
        var bytes = 0
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
            guard words.count > 4 else { continue }
            for number in words[4].split(separator: UInt8(ascii: ":")) {
                bytes += Int(String(decoding: number, as: UTF8.self), radix: 16) ?? 0
            }
        }
        return bytes
    }
}

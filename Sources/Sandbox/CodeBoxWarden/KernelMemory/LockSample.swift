import Glibc

/// The newest file locks of the machine, by the process that set them.
///
/// The kernel lists newest locks first, and walks its list from the start at each read, so only a
/// part of a long list is read. A job's locks can then be estimated by its share of the part.
struct LockSample {
    /// A file, as the kernel writes it: device and inode.
    struct File: Hashable {
        let device: UInt64
        let inode: UInt64
    }

    private(set) var byProcess: [pid_t: Int] = [:]
    /// Locks of open file descriptions (`F_OFD_SETLK`), which name no process.
    private(set) var byFile: [File: Int] = [:]
    private(set) var count = 0
    /// Whether there are no others.
    private(set) var isWhole = false

    /// `struct file_lock`, with what a slab adds.
    static let lockBytes = 200
    /// 4 KiB each, 70 locks: 10 ms in all.
    private static let mostReads = 32

    /// Reads the kernel's list.
    init() {
        guard let fd = try? CgroupFile.open("/proc/locks", at: AT_FDCWD, flags: O_RDONLY) else {
            return
        }
        defer { close(fd) }
        for _ in 0..<Self.mostReads {
            let piece = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
                count = max(0, read(fd, buffer.baseAddress, buffer.count))
            }
            guard !piece.isEmpty else {
                isWhole = true
                return
            }
            add(piece)
        }
    }

    /// - Parameter text: whole lines of /proc/locks, of which there are no others.
    init(_ text: [UInt8]) {
        add(text)
        isWhole = true
    }

    /// `12: POSIX  ADVISORY  WRITE 4711 fe:01:99 0 EOF`; `12: -> POSIX …` waits for another lock.
    private mutating func add(_ text: [UInt8]) {
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " "))
            let first = words.count > 1 && words[1].elementsEqual("->".utf8) ? 5 : 4
            guard words.count > first + 1 else { continue }
            count += 1
            if let pid = CgroupFile.leadingNumber(words[first]) {
                byProcess[pid_t(truncatingIfNeeded: pid), default: 0] += 1
            } else if let file = File(words[first + 1]) {
                byFile[file, default: 0] += 1
            }
        }
    }
}

extension LockSample.File {
    /// - Parameter text: major and minor in hexadecimal, inode in decimal.
    fileprivate init?(_ text: ArraySlice<UInt8>) {
        let parts = text.split(separator: UInt8(ascii: ":")).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard parts.count == 3, let major = UInt64(parts[0], radix: 16),
            let minor = UInt64(parts[1], radix: 16), let inode = UInt64(parts[2])
        else { return nil }
        // As glibc's makedev(3) for the numbers that the kernel has.
        device = (major & 0xfff) << 8 | minor & 0xff | (minor & ~0xff) << 12
        self.inode = inode
    }
}

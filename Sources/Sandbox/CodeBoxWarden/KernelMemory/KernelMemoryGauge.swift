import CodeBoxCore
import Glibc

/// Measures the kernel memory of the machine that can't be reclaimed: slabs, and the buffers of TCP
/// and UDP sockets, which are pages of their own.
///
/// No cgroup counts all of it. POSIX locks and sockets in accept queues are charged to none, and
/// cgroup v1 lets sockets go over their limit.
final class KernelMemoryGauge {
    private let memory: CInt
    private let sockets: CInt
    private static let pageBytes = sysconf(CInt(_SC_PAGESIZE))

    /// - Throws: `wardenUnavailable` if /proc lacks the counters.
    init() throws(CodeBoxError) {
        do {
            memory = try CgroupFile.open("/proc/meminfo", at: AT_FDCWD, flags: O_RDONLY)
            sockets = try CgroupFile.open("/proc/net/sockstat", at: AT_FDCWD, flags: O_RDONLY)
        } catch {
            throw error.asError(.wardenUnavailable, remedy: "the warden needs a complete /proc")
        }
    }

    deinit {
        close(memory)
        close(sockets)
    }

    /// Bytes in use now; nil if the kernel does not tell. Two `pread`s, 60 µs.
    func bytes() -> Int? {
        Self.slabBytes(CgroupFile.reread(memory)).map { slabs in
            slabs + Self.socketPages(CgroupFile.reread(sockets)) * Self.pageBytes
        }
    }

    /// `SUnreclaim` of /proc/meminfo, bytes.
    static func slabBytes(_ text: [UInt8]) -> Int? {
        field("SUnreclaim:", of: text[...]).map { $0 * 1024 }
    }

    /// `mem` of the lines of /proc/net/sockstat: pages that all sockets of a protocol hold, in all
    /// network namespaces.
    static func socketPages(_ text: [UInt8]) -> Int {
        text.split(separator: UInt8(ascii: "\n")).reduce(0) { $0 + (field("mem", of: $1) ?? 0) }
    }

    /// The number behind a word.
    static func field(_ name: StaticString, of text: ArraySlice<UInt8>) -> Int? {
        let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        var words = text.split { " \t\n".utf8.contains($0) }[...]
        while let word = words.popFirst() {
            if word.elementsEqual(wanted) { return words.first.flatMap(CgroupFile.leadingNumber) }
        }
        return nil
    }
}

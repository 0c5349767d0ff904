import Dispatch
import Glibc
import Synchronization

/// Ends a `prepare` step that fills the disk. Its root is a folder of this machine, and no cgroup
/// counts what is written there.
package final class DiskWatch: Sendable {
    /// Bytes that a step may take from the file system.
    package static let mostBytes: UInt64 = 8 << 30
    /// Bytes that it must leave.
    static let leastFreeBytes: UInt64 = 256 << 20

    static var refusal: String {
        "took more than \(mostBytes >> 30) GiB of the disk, or left less than "
            + "\(leastFreeBytes >> 20) MiB or a twentieth of its inodes"
    }

    // Dispatch's objects may be used by any thread, but don't say so.
    nonisolated(unsafe) private let timer: any DispatchSourceTimer
    private let hasFired = Atomic(false)

    /// - Parameters:
    ///   - mostBytes: may be taken from the folder's file system.
    ///   - fill: called at most once, on a separate queue, when the disk is full enough.
    package init(
        _ folder: String, mostBytes: UInt64 = DiskWatch.mostBytes,
        _ fill: @escaping @Sendable () -> Void
    ) {
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "codebox.disk"))
        let before = Self.room(folder)
        timer.schedule(deadline: .now(), repeating: .milliseconds(100))
        timer.setEventHandler { [self] in
            guard let before, let now = Self.room(folder) else { return }
            let untouched = before.bytes > mostBytes ? before.bytes - mostBytes : 0
            let least = max(Self.leastFreeBytes, untouched)
            // A file system without a fixed number of inodes reports 0 of 0.
            let lacksInodes = now.allInodes > 0 && now.inodes < now.allInodes / 20
            guard now.bytes < least || lacksInodes else { return }
            if !hasFired.exchange(true, ordering: .relaxed) { fill() }
        }
        timer.activate()
    }

    /// Stops watching.
    /// - Returns: whether the disk was full enough.
    package func end() -> Bool {
        timer.cancel()
        return hasFired.load(ordering: .relaxed)
    }

    private static func room(
        _ folder: String
    ) -> (bytes: UInt64, inodes: UInt64, allInodes: UInt64)? {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { return nil }
        return (
            UInt64(status.f_bavail) * UInt64(status.f_frsize), UInt64(status.f_favail),
            UInt64(status.f_files)
        )
    }
}

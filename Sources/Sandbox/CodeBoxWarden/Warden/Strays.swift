import CWire
import Glibc

/// Reaps the warden's children that belong to no sandbox and are no zygote.
///
/// A zygote that dies in the middle of a fork leaves its go-between or its scout to the warden, the
/// nearest subreaper; a go-between that dies leaves the job's process. No event tells of them. They
/// end by themselves or with their sandbox, and must then be reaped: a pid namespace is not gone
/// before its last process is.
final class Strays {
    private static let firstPauseNs: UInt64 = 250_000_000
    private static let lastPauseNs: UInt64 = 8_000_000_000

    private var pauseNs = firstPauseNs
    /// When to look for strays; nil while there is no reason to.
    private(set) var dueNs: UInt64?

    /// There may be some from now on.
    func expect() {
        pauseNs = Self.firstPauseNs
        if dueNs == nil { dueNs = cb_now_ns() + pauseNs }
    }

    /// Looks if it is time, and again later while there is any.
    /// - Parameter known: the pids of sandboxes and zygotes.
    func check(_ now: UInt64, known: () -> Set<pid_t>) {
        guard let dueNs, dueNs <= now else { return }
        self.dueNs = nil
        var status: CInt = 0
        let strays = Self.children(but: known())
        let left = strays.filter { waitpid($0, &status, WNOHANG | __WALL) == 0 }
        if left.isEmpty { return }
        self.dueNs = cb_now_ns() + pauseNs
        pauseNs = min(2 * pauseNs, Self.lastPauseNs)
    }

    /// At the warden's end, when all sandboxes and zygotes were killed: reaps every child.
    ///
    /// PID 1 of a sandbox does not end before the job's process is reaped, which is the warden's to
    /// do, and of which the warden may not have been told. So every process that ends is reaped,
    /// until there is none.
    ///
    /// What a zygote has started by itself may be any process's child: PID 1 of a pid namespace
    /// kills everything in it. What does not end within seconds, the kernel ends with this process.
    func reapAll(but known: Set<pid_t>) {
        for _ in 0..<Self.lastLooks {
            if getpid() == 1 { Glibc.kill(-1, SIGKILL) }
            for stray in Self.children(but: known) { Glibc.kill(stray, SIGKILL) }
            var status: CInt = 0
            while case let ended = waitpid(-1, &status, __WALL | WNOHANG), ended != 0 {
                if ended < 0, errno != EINTR { return }
            }
            usleep(1000)
        }
    }

    /// One each millisecond.
    private static let lastLooks = 5000

    private static func children(but known: Set<pid_t>) -> [pid_t] {
        let file = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while case let count = read(file, &buffer, buffer.count), count > 0 {
            text += buffer[0..<count]
        }
        return String(decoding: text, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
            .filter { !known.contains($0) }
    }
}

import CWire
import Glibc

// Children that nobody tells of. A zygote that dies in the middle of a fork leaves its go-between or
// its scout to the warden, the nearest subreaper; a go-between that dies, the job's process. They
// end by themselves or with their sandbox, and then want reaping: a pid namespace is not gone before
// its last process is.
extension Warden {
    static let firstStrayPauseNs: UInt64 = 250_000_000
    static let lastStrayPauseNs: UInt64 = 8_000_000_000

    func expectStrays() {
        strayPauseNs = Self.firstStrayPauseNs
        if strayAtNs == nil { strayAtNs = cb_now_ns() + strayPauseNs }
    }

    /// Looks again until there is none.
    func reapStrays() {
        strayAtNs = nil
        var status: CInt = 0
        let left = strays().filter { waitpid($0, &status, WNOHANG | __WALL) == 0 }
        if left.isEmpty { return }
        strayAtNs = cb_now_ns() + strayPauseNs
        strayPauseNs = min(2 * strayPauseNs, Self.lastStrayPauseNs)
    }

    /// At the end, when all that are known were killed.
    ///
    /// PID 1 of a sandbox does not end before the job's process is reaped, which is for us to do, and
    /// of which we may not have been told: so whoever ends is reaped, until there is nobody.
    ///
    /// What a zygote has started on its own may be anybody's child: PID 1 of a pid namespace kills all
    /// that is in it. Whatever does not end within seconds, the kernel ends with this process.
    func reapEverybody() {
        for _ in 0..<Self.lastLooks {
            if getpid() == 1 { Glibc.kill(-1, SIGKILL) }
            for stray in strays() { Glibc.kill(stray, SIGKILL) }
            var status: CInt = 0
            while case let ended = waitpid(-1, &status, __WALL | WNOHANG), ended != 0 {
                if ended < 0, errno != EINTR { return }
            }
            usleep(1000)
        }
    }

    /// One each millisecond.
    private static let lastLooks = 5000

    /// Children of ours that belong to no sandbox and are no zygote.
    private func strays() -> [pid_t] {
        var known = Set(zygotes.values.map(\.pid))
        for sandbox in sandboxes.values {
            if !sandbox.isReaped { known.insert(sandbox.pid) }
            if sandbox.jobPidfd >= 0 { known.insert(sandbox.jobPID) }
        }
        return children().filter { !known.contains($0) }
    }

    private func children() -> [pid_t] {
        let file = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while case let count = read(file, &buffer, buffer.count), count > 0 {
            text += buffer[0..<count]
        }
        return String(decoding: text, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
    }
}

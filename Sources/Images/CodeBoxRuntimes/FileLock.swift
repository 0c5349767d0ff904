import CodeBoxCore
import Foundation

/// A `flock` on a directory. The kernel releases it when its holder dies.
final class FileLock: Sendable {
    enum Mode {
        case shared
        case exclusive
    }

    private let descriptor: Int32

    /// - Parameter wait: whether to wait for another holder; if not, the result is nil when the
    ///   lock is taken.
    init?(directory: String, mode: Mode, wait: Bool) throws(CodeBoxError) {
        descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw File.failure("open", directory) }
        let operation = (mode == .shared ? LOCK_SH : LOCK_EX) | (wait ? 0 : LOCK_NB)
        while flock(descriptor, operation) != 0 {
            if errno == EINTR { continue }
            let isTaken = errno == EWOULDBLOCK
            let failure = File.failure("lock", directory)
            if isTaken { return nil }
            throw failure
        }
    }

    func release() { flock(descriptor, LOCK_UN) }

    deinit { close(descriptor) }
}

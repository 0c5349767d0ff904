import CLinux
import Glibc

/// A file descriptor with exactly one owner, closed with it.
struct Descriptor: ~Copyable {
    let raw: CInt

    /// Takes ownership of an open descriptor.
    init(owning raw: CInt) {
        self.raw = raw
    }

    deinit {
        close(raw)
    }

    /// Gives ownership away: the caller closes it.
    consuming func release() -> CInt {
        let raw = raw
        discard self
        return raw
    }

    /// Both ends of a pipe, close-on-exec.
    static func pipe() throws(SystemError) -> (read: CInt, write: CInt) {
        var ends: [CInt] = [-1, -1]
        let result = cb_pipe(&ends)
        guard result == 0 else { throw SystemError("pipe2", code: -result) }
        return (ends[0], ends[1])
    }

    /// Two connected unix sockets, close-on-exec.
    static func socketPair(_ type: __socket_type) throws(SystemError) -> (ours: CInt, theirs: CInt)
    {
        var ends: [CInt] = [-1, -1]
        let kind = CInt(type.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw SystemError("socketpair") }
        return (ends[0], ends[1])
    }

    static func setNonBlocking(_ raw: CInt) {
        // Can't fail on a descriptor that is open.
        _ = fcntl(raw, F_SETFL, fcntl(raw, F_GETFL) | O_NONBLOCK)
    }
}

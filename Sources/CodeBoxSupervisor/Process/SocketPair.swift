import CodeBoxCore
import Glibc

/// Two connected unix stream sockets that no child inherits unless it is told to.
struct SocketPair: ~Copyable {
    let ours: Descriptor
    let theirs: Descriptor

    init() throws(CodeBoxError) {
        var ends: [CInt] = [-1, -1]
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw CodeBoxError.system(.internalError, "can't make a pair of sockets")
        }
        ours = Descriptor(ends[0])
        theirs = Descriptor(ends[1])
    }

    consuming func ourEnd() -> Descriptor { ours }
}

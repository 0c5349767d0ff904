package import Glibc

/// Two connected unix sockets that are close-on-exec.
package struct SocketPair: ~Copyable {
    package let ours: Descriptor
    package let theirs: Descriptor

    package init(_ type: __socket_type) throws(SystemError) {
        var ends: [CInt] = [-1, -1]
        let kind = CInt(type.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw SystemError("socketpair") }
        ours = Descriptor(ends[0])
        theirs = Descriptor(ends[1])
    }

    package consuming func ourEnd() -> Descriptor { ours }

    /// Gives both ends away: the caller closes them.
    package consuming func release() -> (ours: CInt, theirs: CInt) {
        (ours.release(), theirs.release())
    }
}

/// One of a sandbox's descriptors as the loop holds it.
struct ClientPipe {
    /// -1 once closed, or while there is none.
    var raw: CInt = -1
    /// It is in the loop's epoll set.
    var isWatched = false

    var isOpen: Bool { raw >= 0 }
}

/// One of a sandbox's descriptors, on the client's side.
struct ClientPipe {
    /// -1 once closed, or while there is none.
    var raw: CInt = -1
    /// It is in the client's epoll set.
    var isWatched = false

    var isOpen: Bool { raw >= 0 }
}

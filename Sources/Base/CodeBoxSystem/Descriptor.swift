import Glibc

/// A file descriptor that has one owner and is closed with it. A negative number stands for none.
package struct Descriptor: ~Copyable {
    package let number: CInt

    /// Takes ownership of an open descriptor.
    package init(_ number: CInt) {
        self.number = number
    }

    deinit {
        if number >= 0 { close(number) }
    }

    /// Gives ownership away: the caller closes the descriptor.
    package consuming func release() -> CInt {
        let number = number
        discard self
        return number
    }

    /// Makes reads and writes of an open descriptor return at once.
    package static func setNonBlocking(_ number: CInt) {
        // Can't fail on a descriptor that is open.
        _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
    }
}

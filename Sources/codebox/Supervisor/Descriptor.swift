import Glibc

/// A file descriptor that has one owner and is closed with it; a negative one is none.
struct Descriptor: ~Copyable {
    let number: CInt

    init(_ number: CInt) {
        self.number = number
    }

    deinit {
        if number >= 0 { close(number) }
    }
}

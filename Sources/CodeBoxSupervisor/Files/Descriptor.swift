import Glibc

/// A file descriptor that has one owner and is closed with it; a negative one is none.
package struct Descriptor: ~Copyable {
    package let number: CInt

    package init(_ number: CInt) {
        self.number = number
    }

    deinit {
        if number >= 0 { close(number) }
    }
}

import Glibc

/// A file descriptor with one owner, closed with it. A negative number is no descriptor.
package struct Descriptor: ~Copyable {
    package let number: CInt

    package init(_ number: CInt) {
        self.number = number
    }

    deinit {
        if number >= 0 { close(number) }
    }
}

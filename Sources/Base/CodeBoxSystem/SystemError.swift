import Glibc

/// A failed system call: its name and errno.
package struct SystemError: Error, CustomStringConvertible {
    package let call: String
    package let code: CInt

    package init(_ call: String, code: CInt = errno) {
        self.call = call
        self.code = code
    }

    package var description: String { "\(call): \(Self.text(code))" }

    /// The C library's sentence for an errno, e.g. "No such file or directory".
    package static func text(_ code: CInt) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        let used = buffer.withUnsafeMutableBufferPointer { pointer in
            strerror_r(code, pointer.baseAddress!, pointer.count)
        }
        guard used == 0 else { return "errno \(code)" }
        return String(
            decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

import Foundation
import Glibc

/// This process's stdout and stderr, unbuffered.
enum Console {
    static let outputStyle = TextStyle(
        isTerminal: isatty(STDOUT_FILENO) == 1, environment: ProcessInfo.processInfo.environment)
    static let errorStyle = TextStyle(
        isTerminal: isatty(STDERR_FILENO) == 1, environment: ProcessInfo.processInfo.environment)

    static func line(_ text: String) { write(Array((text + "\n").utf8), to: STDOUT_FILENO) }

    static func lines(_ lines: [String]) {
        if !lines.isEmpty { line(lines.joined(separator: "\n")) }
    }

    static func error(_ text: String) { write(Array((text + "\n").utf8), to: STDERR_FILENO) }

    /// Writes all bytes; stops if the reader has disconnected.
    static func write(_ bytes: [UInt8], to descriptor: CInt) {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Glibc.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    // Another process made the terminal or pipe non-blocking: wait until it takes
                    // more.
                    var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&wait, 1, -1)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }
}

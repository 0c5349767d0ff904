import Foundation
import Glibc

/// Carries this process's standard input to a program's as it comes, until either ends.
///
/// The thread reads and writes in blocking mode, and ends with the process if it still reads then.
enum InputBridge {
    private static let bufferBytes = 64 << 10

    /// - Parameter pipe: the writing end of the program's standard input; it is closed at the end
    ///   of this process's input, or when the program reads no more.
    static func start(to pipe: CInt) {
        Thread.detachNewThread { carry(to: pipe) }
    }

    private static func carry(to pipe: CInt) {
        defer { close(pipe) }
        var buffer = [UInt8](repeating: 0, count: bufferBytes)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0, write(buffer[..<count], to: pipe) else { return }
        }
    }

    /// - Returns: false if the other end is closed.
    private static func write(_ bytes: ArraySlice<UInt8>, to pipe: CInt) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(pipe, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

import CodeBoxCore
import CodeBoxSupervisor
import CodeBoxSystem
import Glibc

/// Reads and writes files that a command line names.
enum LocalFile {
    /// Reads the whole content; `-` is standard input.
    /// - Throws: `invalidRequest`.
    static func read(_ path: String) throws(CodeBoxError) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { if path != "-" { close(descriptor) } }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return content }
            if count < 0, errno == EINTR { continue }
            // A closed standard input counts as empty.
            if count < 0, errno == EBADF, path == "-" { return content }
            guard count > 0 else { throw failure(path) }
            content.append(contentsOf: buffer[..<count])
        }
    }

    /// Writes the whole content into a new file or over an old one.
    /// - Throws: `invalidRequest`.
    static func write(_ content: [UInt8], to path: String) throws(CodeBoxError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw CodeBoxError.system(.invalidRequest, "can't write \(path)")
        }
        defer { close(descriptor) }
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw CodeBoxError.system(.invalidRequest, "can't write \(path)")
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func failure(_ path: String) -> CodeBoxError {
        let name = path == "-" ? "standard input" : path
        return CodeBoxError.system(.invalidRequest, "can't read \(name)")
    }
}

import CodeBoxCore
import CodeBoxSupervisor
import CodeBoxSystem
import Glibc

/// Reads files that a command line names.
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

    private static func failure(_ path: String) -> CodeBoxError {
        let name = path == "-" ? "standard input" : path
        return CodeBoxError.system(.invalidRequest, "can't read \(name)")
    }
}

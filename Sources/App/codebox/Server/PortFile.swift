import CodeBoxCore
import CodeBoxSupervisor
import CodeBoxSystem
import Glibc

/// `<data-dir>/run/port`: where the server listens, for scripts.
enum PortFile {
    static func write(_ port: Int, to path: String) throws(CodeBoxError) {
        // A rename lets no reader see an empty file. It replaces links and pipes at either name and
        // does not follow them.
        let draft = path + ".new"
        unlink(draft)
        let file = Descriptor(
            open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600))
        let text = Array("\(port)\n".utf8)
        guard file.number >= 0, Glibc.write(file.number, text, text.count) == text.count,
            rename(draft, path) == 0
        else { throw failure(path) }
    }

    private static func failure(_ path: String) -> CodeBoxError {
        CodeBoxError.system(.configurationInvalid, "can't write \(path)")
    }
}

import CodeBoxCore
import Glibc

/// `<data-dir>/run/port`: where the server listens, for scripts.
enum PortFile {
    static func write(_ port: Int, to path: String) throws(CodeBoxError) {
        // By a rename, so that no reader sees an empty file.
        let draft = path + ".new"
        guard let file = fopen(draft, "we") else { throw failure(draft) }
        let isWritten = fputs("\(port)\n", file) >= 0
        guard fclose(file) == 0, isWritten, rename(draft, path) == 0 else { throw failure(path) }
    }

    private static func failure(_ path: String) -> CodeBoxError {
        CodeBoxError.system(.configurationInvalid, "can't write \(path)")
    }
}

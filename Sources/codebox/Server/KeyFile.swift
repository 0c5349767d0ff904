import CProcess
import CodeBoxCore
import CodeBoxHTTP
import Glibc

/// The file of API keys.
enum KeyFile {
    /// No keys when no file is named.
    /// - Throws: `configurationInvalid` for a file that others can read, or with a bad key.
    static func read(_ path: String?) throws(CodeBoxError) -> APIKeys {
        guard let path else { return APIKeys() }
        let descriptor = Descriptor(open(path, O_RDONLY | O_CLOEXEC))
        guard descriptor.number >= 0 else {
            throw CodeBoxError.system(.configurationInvalid, "can't read the key file \(path)")
        }
        let mode = cprocess_file_mode(descriptor.number)
        guard mode >= 0, mode & CInt(S_IFMT) == CInt(S_IFREG) else {
            throw CodeBoxError(.configurationInvalid, "the key file \(path) is not a file")
        }
        guard mode & 0o007 == 0 else {
            throw CodeBoxError(
                .configurationInvalid,
                "the key file \(path) can be read by everyone; run: chmod 600 \(path)",
                field: "api_keys_file")
        }
        let bytes = try LocalFile.read(path)
        do throws(CodeBoxError) {
            return try APIKeys(fileText: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw CodeBoxError(error.code, "\(path): \(error.message)", field: "api_keys_file")
        }
    }
}

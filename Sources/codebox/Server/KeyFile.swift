import CodeBoxCLI
import CodeBoxCore
import CodeBoxHTTP
import CodeBoxSystem
import Glibc

/// The file of API keys. It is read before the server gives up root, so that root may own it.
enum KeyFile {
    private static let limit = 1 << 20

    /// No keys when no file is named.
    /// - Parameter user: who the server will be; the file may be theirs, the folders above it not.
    /// - Throws: `configurationInvalid` for a file that others can read or could replace, or with a
    ///   bad key. The error never repeats what is in the file.
    static func read(_ path: String?, for user: ServiceUser) throws(CodeBoxError) -> APIKeys {
        guard let path else { return APIKeys() }
        let trusted = TrustedPath(
            "the key file", otherwise: "name another with --api-keys-file",
            owners: TrustedPath.ownersOfServices)
        do throws(CodeBoxError) {
            let bytes = try trusted.read(
                path, isSecret: true, limit: limit, ownedAlsoBy: [user.uid])
            return try APIKeys(fileText: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw CodeBoxError(
                error.code, "\(path): \(error.message)", field: "api_keys_file", cause: error.cause)
        }
    }
}

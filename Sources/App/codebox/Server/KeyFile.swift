import CodeBoxCore
import CodeBoxHTTP
import CodeBoxSupervisor
import CodeBoxSystem
import Glibc

/// The file of API keys. It is read before the server gives up root, so that root may own it.
enum KeyFile {
    private static let limit = 1 << 20

    /// Returns no keys if no file is named.
    /// - Parameter user: the server's user, who may own the file, but not the folders above it.
    /// - Throws: `configurationInvalid` for a file that other users can read or replace, or with a
    ///   bad key. The error never contains a part of the file.
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

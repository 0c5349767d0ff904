package import CodeBoxCore
import Glibc
import NIOSSL
import Synchronization

/// The certificate and the key that the server shows its clients.
///
/// They are read again when their files change. Connections that are open keep what they began
/// with, and a file that is broken changes nothing.
package final class TLSIdentity: Sendable {
    /// Bytes of a file beyond which it is no certificate.
    private static let maximumFileBytes = 1 << 20

    private struct State {
        var context: NIOSSLContext
        /// What the files held when they were last read, whether they were good or not.
        var seen: [[UInt8]]
    }

    private let files: TLSFiles
    private let state: Mutex<State>

    /// - Throws: `configurationInvalid` for a file that can't be read, and for a certificate and a
    ///   key that do not fit.
    package init(_ files: TLSFiles) throws(CodeBoxError) {
        self.files = files
        let content = try Self.content(of: files)
        state = Mutex(State(context: try Self.context(content, files), seen: content))
    }

    var context: NIOSSLContext { state.withLock { $0.context } }

    /// Reads the files, and uses them from now on if they have changed.
    /// - Returns: whether they have.
    /// - Throws: as ``init(_:)``. The certificate of before stays in use, and the same content is
    ///   not tried again.
    package func reload() throws(CodeBoxError) -> Bool {
        let content = try Self.content(of: files)
        let isNew = state.withLock { state in
            defer { state.seen = content }
            return state.seen != content
        }
        guard isNew else { return false }
        let context = try Self.context(content, files)
        state.withLock { $0.context = context }
        return true
    }

    private static func content(of files: TLSFiles) throws(CodeBoxError) -> [[UInt8]] {
        [
            try read(files.certificate, field: "tls_certificate_file"),
            try read(files.key, field: "tls_key_file"),
        ]
    }

    private static func context(_ content: [[UInt8]], _ files: TLSFiles) throws(CodeBoxError)
        -> NIOSSLContext
    {
        do {
            let chain = try NIOSSLCertificate.fromPEMBytes(content[0])
            let key = try NIOSSLPrivateKey(bytes: content[1], format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            // This also checks that the certificate and the key belong together.
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw CodeBoxError(
                .configurationInvalid,
                "\(files.certificate) and \(files.key) are not a certificate and its key in PEM",
                field: "tls_certificate_file", cause: "\(error)")
        }
    }

    private static func read(_ path: String, field: String) throws(CodeBoxError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var bytes = [UInt8](repeating: 0, count: maximumFileBytes)
        var length = 0
        var count = file >= 0 ? 1 : -1
        while count > 0, length < bytes.count {
            count = bytes.withUnsafeMutableBytes {
                Glibc.read(file, $0.baseAddress! + length, $0.count - length)
            }
            length += max(0, count)
        }
        let number = errno
        if file >= 0 { close(file) }
        guard count == 0 else {
            throw CodeBoxError(
                .configurationInvalid,
                "the server's user can't read \(path); it must be a file of less than 1 MiB that "
                    + "this user may read", field: field,
                cause: count < 0 ? String(cString: strerror(number)) : nil)
        }
        return Array(bytes[..<length])
    }
}

import CodeBoxConfiguration
import CodeBoxHTTP

extension Settings {
    /// Nil for a server without TLS.
    var tlsFiles: TLSFiles? {
        guard let tlsCertificateFile, let tlsKeyFile else { return nil }
        return TLSFiles(certificate: tlsCertificateFile, key: tlsKeyFile)
    }
}

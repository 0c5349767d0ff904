/// Where the server's certificate and its key are, in PEM.
package struct TLSFiles: Sendable, Hashable {
    /// The server's certificate, and those between it and a root.
    package var certificate: String
    package var key: String

    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

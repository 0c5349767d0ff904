/// Host and port in the form of a URL.
package enum Address {
    /// `127.0.0.1:8080`, `[::1]:8080`.
    package static func text(_ host: String, _ port: Int) -> String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

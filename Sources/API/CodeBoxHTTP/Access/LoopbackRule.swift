package import CodeBoxCore

/// The rule that CodeBox without API keys serves its own machine only.
package enum LoopbackRule {
    /// Refuses to listen on an address that other machines can reach while there are no keys.
    /// - Throws: `configurationInvalid` for a host that is not a loopback address if there is no
    ///   key.
    package static func checkBind(host: String, keys: APIKeys) throws(CodeBoxError) {
        guard keys.isEmpty, !isLoopback(host) else { return }
        throw CodeBoxError(
            .configurationInvalid,
            "Refusing to listen on '\(host)' without API keys: anyone who reaches it could run code. "
                + "Configure a key file, or listen on 127.0.0.1.",
            field: "host")
    }

    /// Whether `host` is `localhost`, within 127.0.0.0/8, or `::1`. Names are not looked up.
    package static func isLoopback(_ host: String) -> Bool {
        if host == "127.0.0.1" || host == "localhost" { return true }
        let bare =
            host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        if bare.lowercased() == "localhost" || bare == "::1" { return true }
        let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
        // No leading zeros: some resolvers would read those as octal.
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in UInt8(part).map { String($0) == part } ?? false }
    }

    /// Returns the host of a `Host` header's value, without the port.
    static func host(ofAuthority authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return String(authority[...end])
        }
        return String(authority.prefix { $0 != ":" })
    }
}

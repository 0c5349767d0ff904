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

    /// Returns the host of a `Host` header's value, without the port; nil if the value is not a
    /// host with or without a port. `localhost:80@evil.example` and `[::1].evil.example` are
    /// neither, though they begin with a loopback name.
    static func host(ofAuthority authority: String) -> String? {
        let end: String.Index
        if authority.utf8.first == UInt8(ascii: "[") {
            guard let bracket = authority.utf8.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            end = authority.index(after: bracket)
        } else {
            end = authority.utf8.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
        }
        let port = authority[end...].utf8
        let isPort =
            port.isEmpty
            || port.first == UInt8(ascii: ":")
                && port.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
        guard isPort, !authority[..<end].utf8.contains(UInt8(ascii: "@")) else { return nil }
        return String(authority[..<end])
    }
}

import CodeBoxCore
import HTTPTypes

/// Decides who a request's client is.
///
/// With API keys, the client is who its key says. Without keys, a request must address this machine
/// by a loopback name, and come from no page of another origin.
struct AccessRule: Sendable {
    enum Finding {
        case admitted(Principal)
        /// The request presents a key that is unknown.
        case unknownKey
        /// The request presents no key, but the server has some.
        case noKey
    }

    let keys: APIKeys

    /// HTTP's codec moves the first `Host` header to the request's authority and leaves any other.
    private static let host = HTTPField.Name("Host")!

    /// - Throws: a problem for a request that is refused whatever key it presents.
    func check(_ request: HTTPRequest) throws(Problem) -> Finding {
        let authority = request.authority ?? "localhost"
        guard let host = LoopbackRule.host(ofAuthority: authority),
            !request.headerFields.contains(Self.host)
        else {
            throw Problem(
                .malformedRequest, "send one Host header, with a host and perhaps a port",
                field: "Host")
        }
        if keys.isEmpty {
            guard LoopbackRule.isLoopback(host) else {
                throw Problem(
                    .misdirectedRequest,
                    "a server without API keys answers requests to a loopback name only, not to "
                        + "'\(host)'")
            }
            try OriginRule.check(request.headerFields, authority: authority)
            return .admitted(Principal())
        }
        guard let value = request.headerFields[.authorization] else { return .noKey }
        return principal(ofAuthorization: value).map { .admitted($0) } ?? .unknownKey
    }

    /// Returns the principal of the key that the header presents; nil if it presents none or an
    /// unknown one.
    private func principal(ofAuthorization value: String) -> Principal? {
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return keys.principal(of: parts[1])
    }
}

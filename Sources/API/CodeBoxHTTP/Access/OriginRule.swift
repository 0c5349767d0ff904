import HTTPTypes

/// The rule that a server without API keys answers no page of another origin.
///
/// A browser lets any page send requests to its visitor's own machine. It says so in headers that
/// the page can't change: `Origin` (RFC 6454) and `Sec-Fetch-Site` (W3C Fetch Metadata). Other
/// clients send neither.
enum OriginRule {
    private static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!

    /// - Parameter authority: the request's `Host`.
    /// - Throws: `cross_origin` for a request of a page that did not come from this server.
    static func check(_ headers: HTTPFields, authority: String) throws(Problem) {
        if let site = headers[secFetchSite], site != "same-origin", site != "none" {
            throw problem
        }
        if let origin = headers[.origin], !isOwn(origin, authority: authority) { throw problem }
    }

    private static func isOwn(_ origin: String, authority: String) -> Bool {
        ["http://", "https://"].contains { scheme in
            origin.hasPrefix(scheme)
                && origin.dropFirst(scheme.count).lowercased() == authority.lowercased()
        }
    }

    private static var problem: Problem {
        Problem(
            .crossOrigin,
            "a server without API keys answers no web page of another origin; serve the page and "
                + "the API from one origin, or configure API keys")
    }
}

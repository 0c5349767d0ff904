import NIOCore
import NIOHTTP1

/// Refuses requests whose target names another server: `GET http://evil.example/ HTTP/1.1`.
///
/// It stands behind HTTP's decoder, because the handlers after it see no more than the path.
final class RequestTargetCheck: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private let onForeign: () -> Void

    /// - Parameter onForeign: called in front of the request's head.
    init(onForeign: @escaping () -> Void) {
        self.onForeign = onForeign
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data),
            head.uri.utf8.first != UInt8(ascii: "/"),
            !Self.isOwn(head.uri, hosts: head.headers["Host"])
        {
            onForeign()
        }
        context.fireChannelRead(data)
    }

    /// Whether a target that is no path names the server that the `Host` header names.
    static func isOwn(_ target: String, hosts: [String]) -> Bool {
        guard let colon = target.firstRange(of: "://") else { return true }
        let scheme = target[..<colon.lowerBound].lowercased()
        let authority = target[colon.upperBound...].prefix { !"/?#".contains($0) }.lowercased()
        return ["http", "https"].contains(scheme) && [authority] == hosts.map { $0.lowercased() }
    }
}

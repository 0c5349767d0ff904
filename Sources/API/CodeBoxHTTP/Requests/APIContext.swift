package import CodeBoxCore
package import Hummingbird
import Logging
package import NIOCore

/// Per-request context.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The connection that the request came on.
    package let channel: any Channel
    /// The client that sent the request.
    package internal(set) var principal = Principal()
    /// Whether the client may use the API. On an open route it need not.
    package internal(set) var isAuthenticated = false

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Names this request in problems; the log has the same id as `hb.request.id`.
    package var instance: String {
        Self.instance(of: logger)
    }

    /// The name of the request that the logger writes about.
    static func instance(of logger: Logger) -> String {
        "urn:codebox:request:\(logger[metadataKey: "hb.request.id"]?.description ?? "unknown")"
    }
}

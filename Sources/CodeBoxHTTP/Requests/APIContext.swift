package import Hummingbird
import Logging
package import NIOCore

/// Per-request context.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The connection that the request came on.
    package let channel: any Channel
    /// Who sent the request; nil for a client without a key on an open route.
    package internal(set) var principal: Principal?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Names this request in problems; the log has the same id as `hb.request.id`.
    package var instance: String {
        "urn:codebox:request:\(logger[metadataKey: "hb.request.id"]?.description ?? "unknown")"
    }
}

package import Hummingbird
import Logging
import NIOCore

/// What a request carries beside itself.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The connection it came on.
    let channel: any Channel
    /// Of the key that was shown.
    var key = APIKeyOptions()

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Names this request, in problems as in the log (`hb.request.id`).
    var instance: String {
        "urn:codebox:request:\(logger[metadataKey: "hb.request.id"]?.description ?? "unknown")"
    }
}

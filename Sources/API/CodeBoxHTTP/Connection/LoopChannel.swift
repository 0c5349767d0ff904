import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import NIOSSL

/// Serves each HTTP/1.1 connection on its event loop's thread.
struct LoopChannel: ServerChildChannel {
    let base: HTTP1Channel
    /// Nil for a server without TLS.
    let identity: TLSIdentity?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        guard let identity else { return base.setup(channel: channel, logger: logger) }
        return channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(
                NIOSSLServerHandler(context: identity.context))
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await LoopExecutor.run(on: value.channel.eventLoop) {
            await base.handle(value: value, logger: logger)
        }
    }
}

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

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<AcceptedConnection> {
        setUp(channel, logger).map { AcceptedConnection($0) }
    }

    private func setUp(_ channel: any Channel, _ logger: Logger) -> EventLoopFuture<
        HTTP1Channel.Value
    > {
        guard let identity else { return base.setup(channel: channel, logger: logger) }
        return channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(
                NIOSSLServerHandler(context: identity.context))
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value accepted: AcceptedConnection, logger: Logger) async {
        guard let value = accepted.take() else { return }
        await LoopExecutor.run(on: value.channel.eventLoop) {
            await base.handle(value: value, logger: logger)
        }
    }
}

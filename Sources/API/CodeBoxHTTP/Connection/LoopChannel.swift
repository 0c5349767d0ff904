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
    /// Nil if Hummingbird answers all requests.
    let direct: DirectHandler.Options?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<AcceptedConnection> {
        setUp(channel, logger).map { AcceptedConnection($0) }
    }

    private func setUp(_ channel: any Channel, _ logger: Logger)
        -> EventLoopFuture<HTTP1Channel.Value>
    {
        guard let identity else { return setupHTTP(channel, logger) }
        return channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(
                NIOSSLServerHandler(context: identity.context))
        }.flatMap { setupHTTP(channel, logger) }
    }

    private func setupHTTP(_ channel: any Channel, _ logger: Logger)
        -> EventLoopFuture<HTTP1Channel.Value>
    {
        let value = base.setup(channel: channel, logger: logger)
        guard let direct else { return value }
        return value.flatMapThrowing { value in
            // Behind all that watches the connection, in front of Hummingbird's own handler.
            let pipeline = channel.pipeline.syncOperations
            let last = try pipeline.handler(type: HTTPConnectionStateHandler.self)
            try pipeline.addHandler(DirectHandler(direct), position: .after(last))
            return value
        }
    }

    func handle(value accepted: AcceptedConnection, logger: Logger) async {
        guard let value = accepted.take() else { return }
        await LoopExecutor.run(on: value.channel.eventLoop) {
            await base.handle(value: value, logger: logger)
        }
    }
}

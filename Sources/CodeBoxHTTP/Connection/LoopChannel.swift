import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

/// HTTP/1.1 connections that are each served on their event loop's thread.
struct LoopChannel: ServerChildChannel {
    let base: HTTP1Channel

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        base.setup(channel: channel, logger: logger)
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        let executor = LoopExecutor(value.channel.eventLoop)
        // What the tasks of a connection know of it does not keep it alive.
        await withTaskExecutorPreference(executor) {
            await base.handle(value: value, logger: logger)
        }
        withExtendedLifetime(executor) {}
    }
}

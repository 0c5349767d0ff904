import CodeBoxCore
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Watches one connection, between HTTP's codec and Hummingbird.
///
/// It notices when the client disconnects, ends requests that arrive too slowly or without end,
/// answers `Expect: 100-continue`, and answers data that is not HTTP with a problem instead of an
/// empty 400.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let registry: ConnectionRegistry
    private let maximumBodyBytes: Int
    private let timeout: TimeAmount

    /// How many requests have no complete response yet.
    private var unanswered = 0
    private var isReceiving = false
    /// Whether the response to the oldest unanswered request has begun.
    private var hasBegunAnswer = false
    private var receivedBytes = 0
    private var deadline: Scheduled<Void>?

    init(registry: ConnectionRegistry, maximumBodyBytes: Int, timeout: TimeAmount) {
        self.registry = registry
        self.maximumBodyBytes = maximumBodyBytes
        self.timeout = timeout
    }

    func handlerAdded(context: ChannelHandlerContext) {
        registry.add(context.channel)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
        registry.end(context.channel)
        registry.remove(context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        registry.end(context.channel)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            registry.end(context.channel)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            unanswered += 1
            isReceiving = true
            receivedBytes = 0
            invite(head, context: context)
        case .body(let part):
            receivedBytes += part.readableBytes
            // Hummingbird reads a refused body to its end, which must therefore be bounded.
            if receivedBytes > 2 * maximumBodyBytes {
                context.close(promise: nil)
                return
            }
        case .end:
            isReceiving = false
            deadline?.cancel()
            deadline = nil
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // A request that arrives in one piece, as nearly all do, needs no timer.
        if isReceiving, deadline == nil {
            let bound = NIOLoopBound((guard: self, context: context), eventLoop: context.eventLoop)
            deadline = context.eventLoop.scheduleTask(in: timeout) {
                let (connectionGuard, context) = bound.value
                connectionGuard.expire(context)
            }
        }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.kind != .informational: hasBegunAnswer = true
        case .end:
            hasBegunAnswer = false
            unanswered -= 1
        default: break
        }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // While a request is being answered, the reader of its body handles the error.
        guard unanswered == 0 else { return context.fireErrorCaught(error) }
        refuse(
            Problem(.malformedRequest, "expected an HTTP/1.1 request whose head is at most 32 KiB"),
            context: context)
    }

    private func expire(_ context: ChannelHandlerContext) {
        guard unanswered == 1, !hasBegunAnswer else { return context.close(promise: nil) }
        refuse(
            Problem(
                .requestTimeout,
                "a request must arrive within \(timeout.nanoseconds / 1_000_000_000) s"),
            context: context)
    }

    private func invite(_ head: HTTPRequest, context: ChannelHandlerContext) {
        guard unanswered == 1, head.headerFields[.expect]?.lowercased() == "100-continue",
            (head.headerFields[.contentLength].flatMap { Int($0) } ?? 0) <= maximumBodyBytes
        else { return }
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    /// Answers instead of Hummingbird, and closes the connection.
    private func refuse(_ problem: Problem, context: ChannelHandlerContext) {
        let body = problem.json(instance: "urn:codebox:request:unknown")
        var headers = problem.headers
        headers[.contentType] = "application/problem+json"
        headers[.contentLength] = String(body.readableBytes)
        headers[.connection] = "close"
        context.write(
            wrapOutboundOut(.head(HTTPResponse(status: problem.status, headerFields: headers))),
            promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }
}

import CodeBoxCore
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Watches one connection, between HTTP's codec and Hummingbird.
///
/// It notices when the client disconnects, ends requests that arrive too slowly or without end,
/// counts bodies against the budget, answers `Expect: 100-continue`, and answers data that is not
/// HTTP with a problem instead of an empty 400.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// The guard has answered a request itself; the rest of it is of no use.
    private struct Refused: Error {}

    /// What the guards of all connections share.
    struct Options: Sendable {
        let registry: ConnectionRegistry
        let budget: RequestBudget
        let maximumBodyBytes: Int
        /// How long a request may take to arrive.
        let timeout: TimeAmount
        /// How long a new connection may take to send its first request's head.
        let firstRequestTimeout: TimeAmount
    }

    /// How long a client whose body was refused may take to stop sending.
    private static let patience = TimeAmount.seconds(5)

    private let options: Options
    private var connection: Connection?
    private var charges: BodyCharges?

    /// How many requests have no complete response yet.
    private var unanswered = 0
    private var isReceiving = false
    /// Whether the response to the oldest unanswered request has begun.
    private var hasBegunAnswer = false
    /// Whether that response ends the connection.
    private var endsConnection = false
    /// Whether the guard has answered; what the client still sends is dropped.
    private var isRefusing = false
    /// Why the request whose head comes next is refused.
    private var objection: Problem?
    private var receivedBytes = 0
    private var deadline: Scheduled<Void>?

    init(_ options: Options) {
        self.options = options
    }

    // MARK: The connection

    func handlerAdded(context: ChannelHandlerContext) {
        let connection = options.registry.add(context.channel)
        self.connection = connection
        charges = BodyCharges(options.budget, connection.client)
        schedule(in: options.firstRequestTimeout, context) { $1.close(promise: nil) }
        let pipeline = context.pipeline.syncOperations
        do {
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let check = RequestTargetCheck { [unowned self] in
                objection = Problem(
                    .misdirectedRequest, "the request's target names another server than its Host")
            }
            try pipeline.addHandler(check, position: .after(decoder))
        } catch {
            context.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
        charges?.releaseAll()
        options.registry.end(context.channel)
        options.registry.remove(context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        options.registry.end(context.channel)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            options.registry.end(context.channel)
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        guard !isRefusing else { return drop(part, context) }
        switch part {
        case .head(let head):
            stopWaiting()
            connection?.becomeBusy()
            unanswered += 1
            charges?.begin()
            isReceiving = true
            receivedBytes = 0
            if let objection {
                self.objection = nil
                return refuse(objection, context: context)
            }
            invite(head, context: context)
        case .body(let part):
            receivedBytes += part.readableBytes
            // Hummingbird reads a refused body to its end, which must therefore be bounded.
            if receivedBytes > 2 * options.maximumBodyBytes {
                context.close(promise: nil)
                return
            }
            guard charges?.receive(part.readableBytes) ?? false else {
                return refuseBody(context)
            }
        case .end:
            isReceiving = false
            stopWaiting()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // A request that arrives in one piece, as nearly all do, needs no timer.
        if isReceiving, deadline == nil {
            schedule(in: options.timeout, context) { $0.expire($1) }
        }
        context.fireChannelReadComplete()
        // Hummingbird no longer asks for more.
        if isRefusing { context.read() }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // The guard has answered in Hummingbird's place.
        if isRefusing {
            promise?.fail(Refused())
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.kind != .informational:
            hasBegunAnswer = true
            endsConnection = head.status.code >= 400 && head.headerFields[.connection] == "close"
        case .body(let part) where part.readableBytes > RequestBudget.large:
            return writeLarge(part.readableBytes, data, promise, context)
        case .end:
            return finish(context, data, promise)
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

    // MARK: Answers

    /// Writes the end of a response.
    private func finish(
        _ context: ChannelHandlerContext, _ data: NIOAny, _ promise: EventLoopPromise<Void>?
    ) {
        hasBegunAnswer = false
        unanswered -= 1
        charges?.answer()
        if unanswered == 0, let connection { options.registry.becameIdle(connection) }
        context.write(data, promise: promise)
        // A client that still sends would miss the response if its connection was closed now; how
        // much it may send is bounded.
        if endsConnection, !isReceiving {
            context.flush()
            context.close(promise: nil)
        }
    }

    /// Writes a large part of a response, which takes room until the client has it.
    private func writeLarge(
        _ count: Int, _ data: NIOAny, _ promise: EventLoopPromise<Void>?,
        _ context: ChannelHandlerContext
    ) {
        guard let client = connection?.client else { return context.write(data, promise: promise) }
        let promise = promise ?? context.eventLoop.makePromise()
        options.budget.occupy(count, for: client)
        promise.futureResult.whenComplete { [budget = options.budget] _ in
            budget.release(count, of: client)
        }
        context.write(data, promise: promise)
    }

    private func invite(_ head: HTTPRequest, context: ChannelHandlerContext) {
        guard unanswered == 1, head.headerFields[.expect]?.lowercased() == "100-continue",
            (head.headerFields[.contentLength].flatMap { Int($0) } ?? 0)
                <= options.maximumBodyBytes
        else { return }
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    // MARK: Refusals

    /// Refuses a body for which there is no room, and drops the rest of it, so that a client that
    /// sends it first still reads the response.
    private func refuseBody(_ context: ChannelHandlerContext) {
        guard unanswered == 1, !hasBegunAnswer else { return context.close(promise: nil) }
        isRefusing = true
        stopWaiting()
        schedule(in: Self.patience, context) { $1.close(promise: nil) }
        writeRefusal(
            Problem(.overloaded, "the memory for requests is used up; try again later"), context)
        // Hummingbird lets go of the part that it has.
        context.fireErrorCaught(Refused())
        charges?.releaseAll()
        connection?.becomeIdle()
    }

    private func drop(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .body(let part):
            receivedBytes += part.readableBytes
            if receivedBytes > 2 * options.maximumBodyBytes { context.close(promise: nil) }
        case .head, .end: context.close(promise: nil)
        }
    }

    private func expire(_ context: ChannelHandlerContext) {
        guard unanswered == 1, !hasBegunAnswer else { return context.close(promise: nil) }
        refuse(
            Problem(
                .requestTimeout,
                "a request must arrive within \(options.timeout.nanoseconds / 1_000_000_000) s"),
            context: context)
    }

    /// Answers instead of Hummingbird, and closes the connection.
    private func refuse(_ problem: Problem, context: ChannelHandlerContext) {
        isRefusing = true
        // An earlier response must not be mixed with this one.
        if unanswered <= 1, !hasBegunAnswer { writeRefusal(problem, context) }
        context.close(promise: nil)
    }

    private func writeRefusal(_ problem: Problem, _ context: ChannelHandlerContext) {
        let body = problem.json(instance: "urn:codebox:request:unknown")
        var headers = problem.headers
        headers[.contentType] = "application/problem+json"
        headers[.contentLength] = String(body.readableBytes)
        headers[.connection] = "close"
        headers.append(contentsOf: ResponseSafety.fields)
        context.write(
            wrapOutboundOut(.head(HTTPResponse(status: problem.status, headerFields: headers))),
            promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    // MARK: Time

    private func schedule(
        in time: TimeAmount, _ context: ChannelHandlerContext,
        _ action: @escaping (ConnectionGuard, ChannelHandlerContext) -> Void
    ) {
        let bound = NIOLoopBound(
            (guard: self, context: context, action: action), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: time) {
            let (connectionGuard, context, action) = bound.value
            action(connectionGuard, context)
        }
    }

    private func stopWaiting() {
        deadline?.cancel()
        deadline = nil
    }
}

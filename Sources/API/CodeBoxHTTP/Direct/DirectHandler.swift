import CodeBoxCore
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

/// Answers the usual requests of a ``DirectRoute`` itself, and leaves all others to Hummingbird.
///
/// On an idle machine the way through Hummingbird takes as long as a small program: its code and
/// data are cold. The handler stands right in front of Hummingbird, so that everything that watches
/// the connection sees no difference. What it takes is what the route takes, from a client that may
/// come in, while no other request of the connection is in work. A request that it does not
/// understand goes to Hummingbird as it came, which then says what is wrong with it.
final class DirectHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// What the handlers of all connections share.
    struct Options: Sendable {
        let route: DirectRoute
        let access: AccessRule
        let connections: ConnectionRegistry
        let logger: Logger
    }

    private struct Arriving {
        let head: HTTPRequest
        let principal: Principal
    }

    private enum Step {
        /// Hummingbird gets what comes.
        case passing
        /// A request arrives that this handler may answer.
        case receiving(Arriving)
        /// A request is being answered here, or its response is being written. What comes
        /// meanwhile is held.
        case answering(HTTPRequest)
    }

    /// Why nothing more comes.
    private enum Ending {
        case error(any Error)
        case inputClosed
    }

    private enum Held {
        case part(HTTPRequestPart)
        case ending(Ending)
    }

    /// How much is held before the connection is no longer read, as many parts as Hummingbird
    /// would hold.
    private static let mostHeld = 10

    private let options: Options
    private var step = Step.passing
    /// Of the request that arrives, as far as it has.
    private var body = ByteBuffer()
    /// Requests that Hummingbird has and has not answered.
    private var passed = 0
    private var hasPassedPart = false
    private var held: [Held] = []
    /// The channel wants to read on.
    private var wantsRead = false
    private var isRemoved = false

    init(_ options: Options) {
        self.options = options
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        isRemoved = true
        held = []
    }

    // MARK: What comes in

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        read(unwrapInboundIn(data), context)
    }

    private func read(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        switch step {
        case .answering: held.append(.part(part))
        case .receiving(let arriving): receive(part, arriving, context)
        case .passing:
            if case .head(let head) = part, passed == 0, let principal = client(of: head) {
                step = .receiving(Arriving(head: head, principal: principal))
            } else {
                pass(part, context)
            }
        }
    }

    /// The client of a request that this handler may answer.
    private func client(of head: HTTPRequest) -> Principal? {
        guard options.route.takes(head),
            case .admitted(let principal) = try? options.access.check(head)
        else { return nil }
        return principal
    }

    private func receive(
        _ part: HTTPRequestPart, _ arriving: Arriving, _ context: ChannelHandlerContext
    ) {
        switch part {
        case .body(var more):
            if body.readableBytes == 0 { body = more } else { body.writeBuffer(&more) }
        case .end(nil): begin(arriving, context)
        case .head, .end:
            passOn(arriving, context)
            pass(part, context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard hasPassedPart else { return }
        hasPassedPart = false
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            hear(.inputClosed, context)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        hear(.error(error), context)
    }

    /// Gives the end of what comes to Hummingbird, after all requests before it.
    private func hear(_ ending: Ending, _ context: ChannelHandlerContext) {
        switch step {
        case .answering: held.append(.ending(ending))
        case .receiving(let arriving):
            passOn(arriving, context)
            pass(ending, context)
        case .passing: pass(ending, context)
        }
    }

    func read(context: ChannelHandlerContext) {
        if held.count < Self.mostHeld { context.read() } else { wantsRead = true }
    }

    // MARK: To Hummingbird

    private func pass(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        if case .head = part { passed += 1 }
        hasPassedPart = true
        context.fireChannelRead(wrapInboundOut(part))
    }

    private func pass(_ ending: Ending, _ context: ChannelHandlerContext) {
        switch ending {
        case .error(let error): context.fireErrorCaught(error)
        case .inputClosed: context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
    }

    private func takeBody() -> ByteBuffer {
        defer { body = ByteBuffer() }
        return body
    }

    private func passOn(_ arriving: Arriving, _ context: ChannelHandlerContext) {
        step = .passing
        let body = takeBody()
        pass(.head(arriving.head), context)
        if body.readableBytes > 0 { pass(.body(body), context) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { passed -= 1 }
        context.write(data, promise: promise)
    }

    // MARK: Answers

    private func begin(_ arriving: Arriving, _ context: ChannelHandlerContext) {
        step = .answering(arriving.head)
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        let request = DirectRoute.Request(
            body: body, principal: arriving.principal,
            stop: options.connections.closing(of: context.channel))
        let end: DirectRoute.End = { [loop = context.eventLoop] result in
            loop.execute { bound.value.handler.end(result, bound.value.context) }
        }
        do {
            if try options.route.begin(request, end) {
                body = ByteBuffer()
                return
            }
            passOn(arriving, context)
            pass(.end(nil), context)
        } catch {
            body = ByteBuffer()
            self.end(.failure(error), context)
        }
    }

    private func end(
        _ result: Result<DirectRoute.Content, any Error>, _ context: ChannelHandlerContext
    ) {
        guard !isRemoved, case .answering(let request) = step else { return }
        switch result {
        case .success(let content):
            write(.ok, [.contentType: "application/json"], content(), context)
        case .failure(let error):
            let problem = Problem(any: error)
            var logger = options.logger
            logger[metadataKey: "hb.request.id"] = .stringConvertible(RequestID())
            problem.log(method: request.method, path: request.path ?? "", logger: logger)
            let (headers, body) = problem.document(instance: APIContext.instance(of: logger))
            write(problem.status, headers, body, context)
        }
    }

    private func write(
        _ status: HTTPResponse.Status, _ headers: HTTPFields, _ body: ByteBuffer,
        _ context: ChannelHandlerContext
    ) {
        var headers = headers
        headers[.contentLength] = String(body.readableBytes)
        headers.append(contentsOf: ResponseSafety.fields)
        headers[.date] = HTTPDate.now
        let head = HTTPResponse(status: status, headerFields: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        // Hummingbird may close the connection when it hears that the client sends no more. The
        // client must have its response before that.
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in
            let (handler, context) = bound.value
            handler.goOn(context)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }

    /// Goes on with what came during the answer.
    private func goOn(_ context: ChannelHandlerContext) {
        step = .passing
        guard !isRemoved, !held.isEmpty || wantsRead else { return }
        let events = held
        held = []
        for event in events {
            switch event {
            case .part(let part): read(part, context)
            case .ending(let ending): hear(ending, context)
            }
        }
        channelReadComplete(context: context)
        guard wantsRead, held.count < Self.mostHeld else { return }
        wantsRead = false
        context.read()
    }
}

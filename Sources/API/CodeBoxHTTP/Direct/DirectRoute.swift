package import CodeBoxCore
import HTTPTypes
package import NIOCore

/// A route whose usual requests are answered on their connection's event loop, without a task.
///
/// It belongs to a ``Route``, which answers all other requests for the same path.
package struct DirectRoute: Sendable {
    /// Writes the body of a response: JSON.
    package typealias Content = @Sendable () -> ByteBuffer
    package typealias End = @Sendable (Result<Content, any Error>) -> Void

    /// A request that is complete, authenticated, and declares its body as JSON.
    package struct Request {
        package let body: ByteBuffer
        package let principal: Principal
        /// Fires when the client disconnects.
        package let stop: StopSignal
    }

    /// Begins to answer a request. It calls `End` once, on any thread, at once or later. It returns
    /// false, with nothing begun, if the ``Route`` must answer.
    package typealias Begin = @Sendable (Request, @escaping End) throws -> Bool

    private let body: JSONBody
    private let maximumBytes: Int
    private let path: String
    let begin: Begin

    /// - Parameters:
    ///   - maximumBytes: of a body. The route answers requests with larger ones.
    package init(
        path: String, body: JSONBody, maximumBytes: Int, _ begin: @escaping Begin
    ) {
        self.path = path
        self.body = body
        self.maximumBytes = maximumBytes
        self.begin = begin
    }

    /// Whether a request is one of the usual ones: it has a body of JSON whose length it tells, and
    /// asks for nothing else.
    func takes(_ head: HTTPRequest) -> Bool {
        guard head.method == .post, head.path == path,
            let announced = head.headerFields[.contentLength].flatMap({ Int($0) }),
            (0...maximumBytes).contains(announced), body.allows(announced),
            head.headerFields[.transferEncoding] == nil,
            // Hummingbird closes such a connection after its response.
            head.headerFields[.connection] != "close"
        else { return false }
        do throws(Problem) {
            try JSONBody.checkType(head.headerFields)
            return true
        } catch {
            return false
        }
    }
}

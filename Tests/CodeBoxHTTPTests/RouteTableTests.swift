import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import CodeBoxHTTP

@Suite struct RouteTableTests {
    private let table = RouteTable([
        Route(.get, "/v1/jobs/{id}", scope: .jobsRead) { _, _ in Response(status: .ok) },
        Route(.delete, "/v1/jobs/{id}", scope: .jobsWrite) { _, _ in Response(status: .ok) },
        Route(.get, "/healthz", scope: .open) { _, _ in Response(status: .ok) },
    ])

    private func request(_ method: HTTPRequest.Method, _ path: String) -> Request {
        Request(
            head: HTTPRequest(method: method, scheme: nil, authority: nil, path: path),
            body: .init(buffer: .init()))
    }

    @Test("only paths of open routes need no key")
    func open() {
        #expect(table.isOpen(path: "/healthz"))
        #expect(!table.isOpen(path: "/v1/jobs/{id}"))
        #expect(!table.isOpen(path: "/healthz/x"))
    }

    @Test("a known path with another method is 405 and lists the methods it accepts")
    func otherMethod() {
        let problem = table.problem(forUnrouted: request(.put, "/v1/jobs/7"))
        #expect(problem.code == .methodNotAllowed)
        #expect(problem.headers[.allow] == "GET, DELETE, HEAD")
    }

    @Test("an unknown path is 404", arguments: ["/", "/v1/jobs", "/v1/jobs/7/x", "/nothing"])
    func unknown(path: String) {
        #expect(table.problem(forUnrouted: request(.get, path)).code == .notFound)
    }
}

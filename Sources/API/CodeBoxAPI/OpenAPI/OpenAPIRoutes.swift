import CodeBoxHTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// The API's description: `/openapi.json`.
struct OpenAPIRoutes: Sendable {
    private static let document = ByteBuffer(bytes: PackageResources.openapi_json)

    var routes: [Route] {
        [Route(.get, "/openapi.json", scope: .open, document)]
    }

    @Sendable private func document(_ request: Request, _ context: APIContext) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: Self.document))
    }
}

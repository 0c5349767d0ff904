package import CodeBoxJSON
package import HTTPTypes
package import Hummingbird
import NIOCore

extension Response {
    /// Makes a response whose body is one JSON object; `fields` writes its fields.
    /// - Parameter capacity: bytes that are reserved for the body.
    package static func json(
        _ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], capacity: Int = 1024,
        _ fields: (inout JSONWriter) -> Void
    ) -> Response {
        var writer = JSONWriter(capacity: capacity)
        writer.object(fields)
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes)))
    }
}

import HTTPTypes
import Hummingbird

extension Response {
    /// An answer whose body `write` makes.
    static func json(
        _ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], capacity: Int = 1024,
        _ write: (inout JSONWriter) -> Void
    ) -> Response {
        var writer = JSONWriter(capacity: capacity)
        write(&writer)
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: writer.buffer))
    }
}

import CodeBoxHTTP
import CodeBoxJSON
import NIOCore

extension ByteBuffer {
    /// Decodes a request's body.
    /// - Parameter value: reads the body's value; it returns nil, with a fault, for another kind.
    func decode<Value>(
        _ value: (inout FieldDecoder) throws(JSONSyntaxError) -> Value?
    ) throws(Problem) -> Value {
        let result: Result<Value, Problem> = withUnsafeReadableBytes { bytes in
            do throws(FieldDecodingError) {
                return .success(try FieldDecoder.decode(bytes, subject: "the body", value))
            } catch {
                switch error {
                case .syntax(let error): return .failure(Problem(error, in: bytes))
                case .faults(let faults): return .failure(Problem(faults))
                }
            }
        }
        return try result.get()
    }
}

import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

/// What the API answered, its JSON read by Foundation rather than by the code under test.
struct Answer {
    var status: Int
    var headers: HTTPFields
    var body: [UInt8]

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        body = Array(buffer: response.body)
    }

    var object: [String: Any] {
        get throws {
            let value = try JSONSerialization.jsonObject(with: Data(body))
            return try #require(value as? [String: Any])
        }
    }

    subscript(_ key: String) -> Any? {
        (try? object)?[key]
    }

    func string(_ key: String) -> String? { self[key] as? String }
    func integer(_ key: String) -> Int? { self[key] as? Int }

    /// Fields that a problem's `errors` name.
    var faultyFields: [String] {
        (self["errors"] as? [[String: Any]] ?? []).compactMap { $0["field"] as? String }
    }
}

import Foundation
import HTTPTypes
import Testing

@testable import CodeBoxAPI

/// The document that is served, as a judge of what else is served.
///
/// Knows as much of JSON Schema as the document uses: `$ref`, `type`, `enum`, `properties`,
/// `required`, `items`, `additionalProperties`, `oneOf`, `minimum`, `maximum`, `pattern`.
final class OpenAPIDocument: Sendable {
    static let shared = OpenAPIDocument()

    private let bytes = Data(PackageResources.openapi_json)

    var root: [String: Any] {
        get throws {
            try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        }
    }

    /// What a path like `#/components/schemas/Job` leads to.
    func resolve(_ reference: String) throws -> [String: Any] {
        var value = try root as Any
        for part in reference.dropFirst(2).split(separator: "/") {
            let key = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
            value = try #require(
                (value as? [String: Any])?[key], "\(reference) leads nowhere at \(key)")
        }
        return try #require(value as? [String: Any])
    }

    /// The operation that a request is for; nil if the document has none.
    func operation(_ method: String, _ path: String) throws -> [String: Any]? {
        let paths = try #require(try root["paths"] as? [String: [String: Any]])
        let asked = path.split(separator: "/")
        for (template, operations) in paths {
            let parts = template.split(separator: "/")
            guard parts.count == asked.count,
                zip(parts, asked).allSatisfy({ $0 == $1 || $0.hasPrefix("{") })
            else { continue }
            return operations[method.lowercased()] as? [String: Any]
        }
        return nil
    }

    /// Holds an answer against the document: status, type and every member of the body.
    func check(_ answer: Answer, to method: HTTPRequest.Method, _ uri: String) throws {
        let path = String(uri.prefix { $0 != "?" })
        let isError = answer.status >= 400
        if isError, method != .head {
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(answer.integer("status") == answer.status)
            try check(
                try answer.object, against: ["$ref": "#/components/schemas/Problem"], at: "problem")
        }
        let asGet = method == .head ? "get" : method.rawValue
        guard let operation = try operation(asGet, path) else {
            #expect([401, 404, 405].contains(answer.status), "\(method) \(path) is not documented")
            return
        }
        let responses = try #require(operation["responses"] as? [String: [String: Any]])
        let response = try #require(
            responses[String(answer.status)], "\(method) \(path) documents no \(answer.status)")
        guard !isError, method != .head else { return }
        let content = try #require(response["content"] as? [String: [String: Any]])
        let type = String((answer.headers[.contentType] ?? "").prefix { $0 != ";" })
        let media = try #require(content[type], "\(method) \(path) documents no \(type)")
        let schema = try #require(media["schema"] as? [String: Any])
        switch type {
        case "application/x-ndjson":
            for line in answer.body.split(separator: UInt8(ascii: "\n")) {
                let value = try JSONSerialization.jsonObject(with: Data(line))
                try check(value, against: schema, at: "\(method) \(path)")
            }
        case "text/plain": #expect(schema["type"] as? String == "string")
        default: try check(try answer.object, against: schema, at: "\(method) \(path)")
        }
    }

    /// Holds a value against a schema.
    func check(_ value: Any, against schema: [String: Any], at place: String) throws {
        if let reference = schema["$ref"] as? String {
            return try check(value, against: try resolve(reference), at: place)
        }
        if let choices = schema["oneOf"] as? [[String: Any]] {
            let choice = choices.first { choice in
                self.types(of: choice).contains { matches(value, $0) }
            }
            return try check(
                value, against: try #require(choice, "\(place): no choice fits"), at: place)
        }
        let types = self.types(of: schema)
        #expect(types.contains { matches(value, $0) }, "\(place) is \(value), not \(types)")
        if let values = schema["enum"] as? [Any] {
            #expect(
                values.contains { NSArray(object: $0).isEqual(to: [value]) }, "\(place) is \(value)"
            )
        }
        if let number = value as? Double, !(value is Bool) {
            if let least = schema["minimum"] as? Double { #expect(number >= least, "\(place)") }
            if let most = schema["maximum"] as? Double { #expect(number <= most, "\(place)") }
        }
        if let text = value as? String, let pattern = schema["pattern"] as? String {
            #expect(
                text.range(of: pattern, options: .regularExpression) != nil, "\(place): \(text)")
        }
        if let items = schema["items"] as? [String: Any], let elements = value as? [Any] {
            for element in elements { try check(element, against: items, at: place + "[]") }
        }
        if let object = value as? [String: Any] {
            try checkMembers(object, against: schema, at: place)
        }
    }

    private func checkMembers(
        _ object: [String: Any], against schema: [String: Any], at place: String
    )
        throws
    {
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        for name in schema["required"] as? [String] ?? [] {
            #expect(object[name] != nil, "\(place) lacks \(name)")
        }
        for (name, value) in object {
            if let property = properties[name] {
                try check(value, against: property, at: "\(place).\(name)")
            } else if let rest = schema["additionalProperties"] as? [String: Any] {
                try check(value, against: rest, at: "\(place).\(name)")
            } else if schema["properties"] != nil {
                Issue.record("\(place).\(name) is not documented")
            }
        }
    }

    private func types(of schema: [String: Any]) -> [String] {
        if let reference = schema["$ref"] as? String, let schema = try? resolve(reference) {
            return types(of: schema)
        }
        return schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
    }

    private func matches(_ value: Any, _ type: String) -> Bool {
        let isBoolean = (value as? NSNumber).map { CFNumberIsBoolean($0) } ?? false
        return switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "boolean": isBoolean
        case "integer": !isBoolean && value is Int
        case "number": !isBoolean && value is Double
        case "null": value is NSNull
        default: false
        }
    }

    /// JSONSerialization gives booleans as numbers of C's `char` type.
    private func CFNumberIsBoolean(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c"
    }
}

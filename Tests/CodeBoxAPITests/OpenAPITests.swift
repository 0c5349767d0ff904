import CodeBoxCore
import Foundation
import HTTPTypes
import JSONOracle
import Logging
import NIOCore
import Testing

@testable import CodeBoxAPI
@testable import CodeBoxHTTP

/// The document says what the code does. That each answer has the members, types and statuses it
/// says is checked wherever ``Harness`` gets one.
@Suite struct OpenAPITests {
    private let document = OpenAPIDocument.shared

    private func routes() throws -> [Route] {
        let service = ScriptedJobService()
        return try APIServer(
            runs: service, jobs: service, status: service, options: APIOptions(version: "1"),
            logger: Logger(label: "test")
        ).routes
    }

    private func properties(_ schema: String) throws -> [String: [String: Any]] {
        let found = try document.resolve("#/components/schemas/\(schema)")
        return try #require(found["properties"] as? [String: [String: Any]])
    }

    @Test("the document is what scripts/openapi joins from the resources' descriptions")
    func joined() throws {
        var root = URL(filePath: #filePath)
        while !FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path) {
            try #require(root.path != "/")
            root.deleteLastPathComponent()
        }
        let script = Process()
        script.executableURL = root.appending(path: "scripts/openapi")
        script.arguments = ["--check"]
        try script.run()
        script.waitUntilExit()
        #expect(script.terminationStatus == 0)
    }

    @Test("the document has every route, and no other")
    func everyRoute() throws {
        let paths = try #require(try document.root["paths"] as? [String: [String: Any]])
        let documented = paths.flatMap { path, operations in operations.keys.map { "\($0) \(path)" }
        }
        let routed = try routes().map { "\($0.method.rawValue.lowercased()) \($0.path)" }
        #expect(documented.sorted() == routed.sorted())
    }

    @Test("the document's paths are the router's")
    func router() async throws {
        try await Harness.with { api in
            for route in api.api.routes {
                let uri = route.path.replacing("{id}", with: "01936f0e-5b1c-7c3a-9d2e-4f5a6b7c8d9e")
                let answer = try await api.send(route.method, uri)
                #expect(answer.string("code") != "not_found" && answer.status != 405)
            }
        }
    }

    @Test("the operations that need no key are those of open routes")
    func openRoutes() throws {
        let paths = try #require(
            try document.root["paths"] as? [String: [String: [String: Any]]])
        for route in try routes() {
            let operation = paths[route.path]?[route.method.rawValue.lowercased()]
            let security = operation?["security"] as? [[String: Any]]
            let isOpen = security?.contains(where: \.isEmpty) ?? false
            #expect(isOpen == (route.scope == .open), "\(route.path)")
        }
    }

    @Test("every reference leads somewhere, and every schema is used")
    func references() throws {
        var found: Set<String> = []
        func visit(_ value: Any) throws {
            if let object = value as? [String: Any] {
                if let reference = object["$ref"] as? String {
                    _ = try document.resolve(reference)
                    found.insert(reference)
                }
                for member in object.values { try visit(member) }
            } else if let array = value as? [Any] {
                for element in array { try visit(element) }
            }
        }
        try visit(try document.root)
        for kind in ["schemas", "responses"] {
            for name in try document.resolve("#/components/\(kind)").keys {
                #expect(found.contains("#/components/\(kind)/\(name)"), "\(name) is not used")
            }
        }
    }

    @Test("every property, parameter and answer is described")
    func descriptions() throws {
        for (name, schema) in try document.resolve("#/components/schemas") {
            let schema = try #require(schema as? [String: Any])
            #expect(schema["description"] != nil, "\(name)")
            for (property, value) in try properties(name) {
                let value = value["$ref"] != nil && value["description"] == nil ? [:] : value
                #expect(value["description"] != nil, "\(name).\(property)")
            }
        }
    }

    @Test("the request's fields are the decoder's")
    func requestFields() throws {
        #expect(
            Set(try properties("JobRequest").keys)
                == Set(JobDecoder.Field.allCases.map(\.rawValue)))
        #expect(
            Set(try properties("File").keys)
                == Set(JobDecoder.FileField.allCases.map(\.rawValue)))
        #expect(
            Set(try properties("Content").keys)
                == Set(JobDecoder.ContentField.allCases.map(\.rawValue)))
        #expect(
            Set(try properties("LimitsRequest").keys)
                == Set(LimitField.allCases.map(\.rawValue)))
    }

    @Test("the least, default and greatest limits that the document tells are the code's")
    func limits() throws {
        let limits = try properties("LimitsRequest")
        func shown(_ value: Double) -> String {
            Int(exactly: value).map(String.init) ?? "\(value)"
        }
        for limit in LimitField.allCases {
            let property = try #require(limits[limit.rawValue])
            #expect(property["minimum"] as? Double == limit.row.floor)
            let text = try #require(property["description"] as? String)
            #expect(text.contains("default \(shown(limit.row.standard)) "), "\(limit)")
            #expect(text.contains("maximum \(shown(limit.row.ceiling))."), "\(limit)")
        }
    }

    @Test("every code, outcome and state is listed")
    func enumerations() throws {
        func values(_ schema: String, _ property: String) throws -> [String] {
            let list = try #require(try properties(schema)[property]?["enum"] as? [Any])
            return list.compactMap { $0 as? String }.sorted()
        }
        #expect(try values("Problem", "code") == ProblemCode.allCases.map(\.rawValue).sorted())
        #expect(try values("Job", "outcome") == Outcome.allCases.map(\.rawValue).sorted())
        #expect(try values("Job", "state") == JobState.allCases.map(\.rawValue).sorted())
        #expect(try values("File", "encoding") == ContentEncoding.allCases.map(\.rawValue).sorted())
        let text = try #require(try properties("Problem")["code"]?["description"] as? String)
        for code in ProblemCode.allCases {
            #expect(text.contains("`\(code.rawValue)` (\(code.status.code))."))
        }
    }

    @Test("the examples are what they are examples of")
    func examples() async throws {
        let paths = try #require(try document.root["paths"] as? [String: [String: [String: Any]]])
        let body = try #require(paths["/v1/run"]?["post"]?["requestBody"] as? [String: Any])
        let content = try #require(body["content"] as? [String: [String: Any]])
        let examples = try #require(
            content["application/json"]?["examples"] as? [String: [String: Any]])
        for example in examples.values {
            let spec = try JobDecoder.decode(
                ByteBuffer(bytes: try Oracle.json(example["value"] as Any)))
            try spec.validate()
        }
        let answers = try #require(
            paths["/v1/run"]?["post"]?["responses"] as? [String: [String: Any]])
        let answer = try #require(answers["200"]?["content"] as? [String: [String: Any]])
        let job = try #require(answer["application/json"]?["example"])
        try document.check(job, against: ["$ref": "#/components/schemas/Job"], at: "example")
        for (name, response) in try document.resolve("#/components/responses") {
            let content = (response as? [String: Any])?["content"] as? [String: [String: Any]]
            guard let example = content?["application/problem+json"]?["example"] else { continue }
            try document.check(example, against: ["$ref": "#/components/schemas/Problem"], at: name)
        }
    }
}

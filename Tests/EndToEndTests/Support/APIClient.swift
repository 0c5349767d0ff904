import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Talks to one server over loopback; every call is bounded in time.
struct APIClient: Sendable {
    struct Answer: Sendable {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        func json() throws -> JSONValue { try JSONValue(parsing: body) }

        /// RFC 9457: its media type, and a type, a title and the status again inside.
        var isProblem: Bool {
            guard headers["content-type"]?.hasPrefix("application/problem+json") == true,
                let json = try? json()
            else { return false }
            return json["type"]?.string != nil && json["title"]?.string?.isEmpty == false
                && json["status"]?.int == status && json["detail"]?.string != nil
        }

        func job() throws -> JobAnswer {
            do {
                return try JSONDecoder().decode(JobAnswer.self, from: Data(body))
            } catch {
                throw Unexpected(description: "not a job: \(error)\n\(status) \(text.prefix(2000))")
            }
        }
    }

    struct Unexpected: Error, CustomStringConvertible {
        var description: String
    }

    var base: String
    var http: HTTPClient
    var key: String?

    func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: [UInt8]? = nil,
        timeout: Duration = .seconds(50)
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: base + path)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let key { request.headers.replaceOrAdd(name: "Authorization", value: "Bearer \(key)") }
        if let body {
            if headers["Content-Type"] == nil {
                request.headers.replaceOrAdd(name: "Content-Type", value: "application/json")
            }
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let limit = TimeAmount.milliseconds(Int64(timeout / .milliseconds(1)))
        let response = try await http.execute(request, timeout: limit)
        let received = try await response.body.collect(upTo: 128 << 20)
        var fields: [String: String] = [:]
        for field in response.headers { fields[field.name.lowercased()] = field.value }
        return Answer(
            status: Int(response.status.code), headers: fields,
            body: Array(received.readableBytesView))
    }

    func get(_ path: String) async throws -> Answer { try await send("GET", path) }

    func post(_ path: String, _ job: JobBody, headers: [String: String] = [:]) async throws
        -> Answer
    {
        try await send("POST", path, headers: headers, body: Array(JSONEncoder().encode(job)))
    }

    func post(_ path: String, json: JSONValue) async throws -> Answer {
        try await send("POST", path, body: Array(json.text.utf8))
    }

    /// `POST /v1/run`, which must answer with a finished job.
    func run(_ job: JobBody) async throws -> JobAnswer {
        try await expect(200, from: post("/v1/run", job)).job()
    }

    /// `POST /v1/jobs`, which must be accepted.
    func submit(_ job: JobBody) async throws -> JobAnswer {
        try await expect(202, from: post("/v1/jobs", job)).job()
    }

    /// Long-polls until the job has finished.
    func finished(_ id: String, within seconds: Int = 40) async throws -> JobAnswer {
        let job = try await expect(200, from: get("/v1/jobs/\(id)?wait=\(seconds)")).job()
        guard job.state == "finished" else {
            throw Unexpected(description: "job \(id) is still \(job.state) after \(seconds) s")
        }
        return job
    }

    /// Returns once a worker has taken the job.
    func running(_ id: String) async throws {
        let last = try await remaining(after: .seconds(20)) { () -> String? in
            let state = try await expect(200, from: get("/v1/jobs/\(id)")).job().state
            return state == "queued" ? state : nil
        }
        if let last { throw Unexpected(description: "job \(id) is still \(last)") }
    }

    func expect(_ status: Int, from answer: Answer) throws -> Answer {
        guard answer.status == status else {
            throw Unexpected(
                description: "expected \(status), got \(answer.status): \(answer.text.prefix(2000))"
            )
        }
        return answer
    }
}

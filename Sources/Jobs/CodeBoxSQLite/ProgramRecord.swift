import CodeBoxCore
import Foundation

/// A ``JobSpec`` as `job_program` holds it. Short fields are JSON. Contents are raw bytes, because
/// JSON would make them larger and slow to read.
struct ProgramRecord: Codable {
    private struct File: Codable {
        var path: String
        var bytes: Int
    }

    private var runtime: String
    /// The length of the source within the content; nil if there is no source.
    private var sourceBytes: Int?
    private var stdinBytes: Int
    private var files: [File]
    private var entrypoint: String?
    private var args: [String]
    private var env: [String: String]
    private var limits: LimitsRequest
    private var labels: [String: String]
    private var atMostOnce: Bool
    /// The opposite of ``JobSpec/mayFork``, under the name that earlier versions stored it with;
    /// the earliest stored nothing.
    private var ownInterpreter: Bool?
    /// Earlier versions stored nothing.
    private var mergesOutput: Bool?

    private init(_ spec: JobSpec) {
        runtime = spec.runtime
        sourceBytes = spec.source?.utf8.count
        stdinBytes = spec.stdin.count
        files = spec.files.map { File(path: $0.path, bytes: $0.content.count) }
        entrypoint = spec.entrypoint
        args = spec.args
        env = spec.env
        limits = spec.limits
        labels = spec.labels
        atMostOnce = spec.atMostOnce
        ownInterpreter = !spec.mayFork
        mergesOutput = spec.mergesOutput
    }

    /// The values of the columns `spec` and `content`.
    static func columns(of spec: JobSpec) throws -> (spec: String, content: Data) {
        var content = Data()
        content.reserveCapacity(
            (spec.source?.utf8.count ?? 0) + spec.stdin.count
                + spec.files.reduce(0) { $0 + $1.content.count })
        if let source = spec.source { content.append(contentsOf: source.utf8) }
        content.append(contentsOf: spec.stdin)
        for file in spec.files { content.append(contentsOf: file.content) }
        let json = try JSONEncoder().encode(ProgramRecord(spec))
        return (String(decoding: json, as: UTF8.self), content)
    }

    /// - Throws: `storeFailed` if the columns contradict each other.
    static func spec(json: String, content: Data) throws -> JobSpec {
        let record = try JSONDecoder().decode(ProgramRecord.self, from: Data(json.utf8))
        var rest = content[...]
        func take(_ count: Int) throws -> [UInt8] {
            guard count >= 0, count <= rest.count else {
                throw CodeBoxError(
                    .storeFailed, "a stored job is damaged: its content is too short")
            }
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        let source = try record.sourceBytes.map { String(decoding: try take($0), as: UTF8.self) }
        let stdin = try take(record.stdinBytes)
        let files = try record.files.map { JobFile(path: $0.path, content: try take($0.bytes)) }
        return JobSpec(
            runtime: record.runtime, source: source, files: files, entrypoint: record.entrypoint,
            args: record.args, env: record.env, stdin: stdin, limits: record.limits,
            labels: record.labels, atMostOnce: record.atMostOnce,
            mayFork: !(record.ownInterpreter ?? false),
            mergesOutput: record.mergesOutput ?? false)
    }
}

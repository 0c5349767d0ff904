import CodeBoxCore
import Foundation

/// A job as `POST /v1/jobs` takes it.
struct JobRequest: Encodable {
    private struct File: Encodable {
        var path: String
        var content: String
        var encoding: String
    }

    private struct Input: Encodable {
        var content: String
        var encoding: String
    }

    private var runtime: String
    private var source: String?
    private var files: [File]
    private var entrypoint: String?
    private var args: [String]
    private var env: [String: String]
    private var stdin: Input?
    private var limits: LimitsRequest
    private var labels: [String: String]
    private var atMostOnce: Bool
    private var zygote: String?
    private var mergeOutput: Bool?

    private enum CodingKeys: String, CodingKey {
        case runtime, source, files, entrypoint, args, env, stdin, limits, labels
        case atMostOnce = "at_most_once"
        case zygote
        case mergeOutput = "merge_output"
    }

    init(_ spec: JobSpec) {
        runtime = spec.runtime
        source = spec.source
        files = spec.files.map { file in
            let (content, encoding) = Self.encoded(file.content)
            return File(path: file.path, content: content, encoding: encoding)
        }
        entrypoint = spec.entrypoint
        args = spec.args
        env = spec.env
        if !spec.stdin.isEmpty {
            let (content, encoding) = Self.encoded(spec.stdin)
            stdin = Input(content: content, encoding: encoding)
        }
        limits = spec.limits
        labels = spec.labels
        atMostOnce = spec.atMostOnce
        zygote = spec.mayFork ? nil : "off"
        mergeOutput = spec.mergesOutput ? true : nil
    }

    private static func encoded(_ bytes: [UInt8]) -> (content: String, encoding: String) {
        if let text = String(validating: bytes, as: UTF8.self) { return (text, "utf-8") }
        return (Data(bytes).base64EncodedString(), "base64")
    }
}

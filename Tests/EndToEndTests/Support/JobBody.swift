import Foundation

/// The body of a job request.
struct JobBody: Encodable, Sendable {
    struct File: Encodable, Sendable {
        var path: String
        var content: String
        var encoding: String?

        init(_ path: String, _ content: String) {
            self.path = path
            self.content = content
        }

        init(_ path: String, bytes: [UInt8]) {
            self.path = path
            content = Data(bytes).base64EncodedString()
            encoding = "base64"
        }
    }

    struct Limits: Encodable, Sendable {
        var wallMs: Int?
        var cpuMs: Int?
        var memoryBytes: Int?
        var cpus: Double?
        var processes: Int?
        var workspaceBytes: Int?
        var openFiles: Int?
        var stackBytes: Int?
        var outputBytes: Int?

        enum CodingKeys: String, CodingKey {
            case wallMs = "wall_ms"
            case cpuMs = "cpu_ms"
            case memoryBytes = "memory_bytes"
            case cpus
            case processes
            case workspaceBytes = "workspace_bytes"
            case openFiles = "open_files"
            case stackBytes = "stack_bytes"
            case outputBytes = "output_bytes"
        }
    }

    var runtime: String
    var source: String?
    var files: [File]?
    var entrypoint: String?
    var args: [String]?
    var env: [String: String]?
    var stdin: String?
    var limits: Limits?
    var labels: [String: String]?
    var atMostOnce: Bool?
    var zygote: String?
    var mergeOutput: Bool?

    enum CodingKeys: String, CodingKey {
        case runtime, source, files, entrypoint, args, env, stdin, limits, labels
        case atMostOnce = "at_most_once"
        case zygote
        case mergeOutput = "merge_output"
    }

    init(_ language: Language, _ source: String? = nil) {
        runtime = language.rawValue
        self.source = source
    }

    /// The same job with some of its parts set.
    func with(_ change: (inout JobBody) -> Void) -> JobBody {
        var copy = self
        change(&copy)
        return copy
    }

    func limited(_ change: (inout Limits) -> Void) -> JobBody {
        var copy = self
        var limits = copy.limits ?? Limits()
        change(&limits)
        copy.limits = limits
        return copy
    }
}

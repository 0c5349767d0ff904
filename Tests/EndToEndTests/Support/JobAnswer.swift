import Foundation

/// A job as the API answers with it.
struct JobAnswer: Decodable, Sendable {
    struct Usage: Decodable, Sendable {
        var wallUs: Int
        var cpuUserUs: Int
        var cpuSystemUs: Int
        var memoryPeakBytes: Int

        enum CodingKeys: String, CodingKey {
            case wallUs = "wall_us"
            case cpuUserUs = "cpu_user_us"
            case cpuSystemUs = "cpu_system_us"
            case memoryPeakBytes = "memory_peak_bytes"
        }
    }

    struct Limits: Decodable, Sendable {
        var wallMs: Int
        var cpuMs: Int
        var memoryBytes: Int
        var cpus: Double
        var processes: Int
        var workspaceBytes: Int
        var openFiles: Int
        var stackBytes: Int
        var outputBytes: Int

        typealias CodingKeys = JobBody.Limits.CodingKeys
    }

    struct DeniedSyscall: Decodable, Hashable, Sendable {
        var name: String
        var errno: String
        var count: Int
    }

    struct Runtime: Decodable, Sendable {
        var name: String
        var version: String?
        var digest: String?
    }

    struct Timings: Decodable, Sendable {
        var queuedUs: Int
        var startupUs: Int
        var runUs: Int
        var finishUs: Int
        /// The program went on in an interpreter forked from a zygote.
        var forked: Bool?

        enum CodingKeys: String, CodingKey {
            case forked
            case queuedUs = "queued_us"
            case startupUs = "startup_us"
            case runUs = "run_us"
            case finishUs = "finish_us"
        }
    }

    /// The decoded content of one stream.
    struct Output: Sendable {
        var bytes: [UInt8]
        var isTruncated: Bool
        var totalBytes: Int

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    var id: String
    var state: String
    var outcome: String?
    var exitCode: Int?
    /// `SIGKILL` and the like.
    var signal: String?
    var stdout: Output
    var stderr: Output
    var usage: Usage?
    var limits: Limits?
    var runtime: Runtime?
    var timings: Timings?
    var attempt: Int
    var labels: [String: String]
    var error: String?
    var deniedSyscalls: [DeniedSyscall]?

    enum CodingKeys: String, CodingKey {
        case id, state, outcome, signal, usage, limits, runtime, timings, attempt, labels, error
        case exitCode = "exit_code"
        case deniedSyscalls = "denied_syscalls"
        case stdout
        case stdoutEncoding = "stdout_encoding"
        case stdoutTruncated = "stdout_truncated"
        case stdoutBytes = "stdout_bytes"
        case stderr
        case stderrEncoding = "stderr_encoding"
        case stderrTruncated = "stderr_truncated"
        case stderrBytes = "stderr_bytes"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        state = try values.decode(String.self, forKey: .state)
        outcome = try values.decodeIfPresent(String.self, forKey: .outcome)
        exitCode = try values.decodeIfPresent(Int.self, forKey: .exitCode)
        signal = try values.decodeIfPresent(String.self, forKey: .signal)
        usage = try values.decodeIfPresent(Usage.self, forKey: .usage)
        limits = try values.decodeIfPresent(Limits.self, forKey: .limits)
        runtime = try values.decodeIfPresent(Runtime.self, forKey: .runtime)
        timings = try values.decodeIfPresent(Timings.self, forKey: .timings)
        attempt = try values.decode(Int.self, forKey: .attempt)
        labels = try values.decode([String: String].self, forKey: .labels)
        error = try values.decodeIfPresent(String.self, forKey: .error)
        deniedSyscalls = try values.decodeIfPresent([DeniedSyscall].self, forKey: .deniedSyscalls)
        stdout = try Self.output(values, .stdout, .stdoutEncoding, .stdoutTruncated, .stdoutBytes)
        stderr = try Self.output(values, .stderr, .stderrEncoding, .stderrTruncated, .stderrBytes)
    }

    private static func output(
        _ values: KeyedDecodingContainer<CodingKeys>, _ content: CodingKeys, _ encoding: CodingKeys,
        _ truncated: CodingKeys, _ total: CodingKeys
    ) throws -> Output {
        let text = try values.decodeIfPresent(String.self, forKey: content) ?? ""
        var bytes = Array(text.utf8)
        if try values.decodeIfPresent(String.self, forKey: encoding) == "base64" {
            guard let data = Data(base64Encoded: text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: content, in: values, debugDescription: "not base64: \(text.prefix(100))"
                )
            }
            bytes = Array(data)
        }
        return Output(
            bytes: bytes, isTruncated: try values.decode(Bool.self, forKey: truncated),
            totalBytes: try values.decode(Int.self, forKey: total))
    }
}

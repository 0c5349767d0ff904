import Foundation

/// The parts of the API's job that the command line prints.
struct JobView: Decodable {
    struct Runtime: Decodable {
        var name: String
        var version: String?
    }

    struct Timings: Decodable {
        var queuedUs: Int
        var acquireUs: Int
        var startupUs: Int
        var runUs: Int
        var finishUs: Int
        var cold: Bool
        var forked: Bool
    }

    struct Usage: Decodable {
        var wallUs: Int
        var cpuUserUs: Int
        var cpuSystemUs: Int
        var memoryPeakBytes: Int
    }

    var id: String
    var state: String
    var outcome: String?
    var exitCode: Int?
    var signal: String?
    var error: String?
    var runtime: Runtime
    var attempt: Int
    var timings: Timings?
    var usage: Usage?
    var labels: [String: String]
    var createdAt: String
    var finishedAt: String?
    var stdout: String?
    var stdoutEncoding: String?
    var stdoutTruncated: Bool?
    var stderr: String?
    var stderrEncoding: String?
    var stderrTruncated: Bool?

    var isFinished: Bool { state == "finished" }
    var isSuccess: Bool { outcome == "exited" && exitCode == 0 }

    /// How the job ended, in a few words; its state before that.
    var ending: String {
        guard let outcome else { return state }
        if let exitCode { return "\(outcome) \(exitCode)" }
        if let signal { return "\(outcome) \(signal)" }
        return outcome
    }

    var outputBytes: [UInt8] { Self.bytes(stdout, stdoutEncoding) }
    var errorBytes: [UInt8] { Self.bytes(stderr, stderrEncoding) }

    static func decode(_ body: Data) throws -> JobView {
        try decoder.decode(JobView.self, from: body)
    }

    static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }()

    private static func bytes(_ text: String?, _ encoding: String?) -> [UInt8] {
        guard let text else { return [] }
        guard encoding == "base64" else { return Array(text.utf8) }
        return Data(base64Encoded: text).map { [UInt8]($0) } ?? []
    }
}

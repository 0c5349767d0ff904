import CodeBoxCore
import Foundation

/// A ``JobResult`` as `job_result` holds it: JSON without the outputs, which have their own
/// columns.
struct ResultRecord: Codable {
    private var outcome: Outcome
    private var exitCode: Int?
    private var signal: Int?
    private var stdoutTotalBytes: Int
    private var stderrTotalBytes: Int
    private var usage: Usage
    private var limits: Limits?
    private var runtime: RuntimeIdentity?
    private var timings: Timings
    private var error: String?
    private var deniedSyscalls: [DeniedSyscall]?

    private init(_ result: JobResult) {
        outcome = result.outcome
        exitCode = result.exitCode
        signal = result.signal
        stdoutTotalBytes = result.stdout.totalBytes
        stderrTotalBytes = result.stderr.totalBytes
        usage = result.usage
        limits = result.limits
        runtime = result.runtime
        timings = result.timings
        error = result.error
        deniedSyscalls = result.deniedSyscalls
    }

    /// The value of the column `result`.
    static func json(of result: JobResult) throws -> String {
        String(decoding: try JSONEncoder().encode(ResultRecord(result)), as: UTF8.self)
    }

    static func result(json: String, stdout: [UInt8], stderr: [UInt8]) throws -> JobResult {
        let record = try JSONDecoder().decode(ResultRecord.self, from: Data(json.utf8))
        return JobResult(
            outcome: record.outcome, exitCode: record.exitCode, signal: record.signal,
            stdout: CapturedOutput(bytes: stdout, totalBytes: record.stdoutTotalBytes),
            stderr: CapturedOutput(bytes: stderr, totalBytes: record.stderrTotalBytes),
            usage: record.usage, limits: record.limits, runtime: record.runtime,
            timings: record.timings, error: record.error,
            deniedSyscalls: record.deniedSyscalls)
    }
}

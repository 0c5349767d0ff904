import CodeBoxCore
import CodeBoxSandbox

extension JobResult {
    /// The result of a program that ran, however it ended.
    init(_ report: SandboxReport, _ plan: JobPlan, queuedUs: Int) {
        var timings = report.timings
        timings.queuedUs = queuedUs
        self.init(
            outcome: report.outcome, exitCode: report.exitCode, signal: report.signal,
            stdout: report.stdout, stderr: report.stderr, usage: report.usage,
            limits: plan.sandbox.limits, runtime: plan.runtime, timings: timings,
            deniedSyscalls: report.deniedSyscalls)
    }

    /// The same result without its outputs, for a store that refuses them.
    func withoutOutputs(because reason: String) -> JobResult {
        var result = self
        result.outcome = .failed
        result.stdout = CapturedOutput(bytes: [], totalBytes: stdout.totalBytes)
        result.stderr = CapturedOutput(bytes: [], totalBytes: stderr.totalBytes)
        result.error =
            "the program ended as '\(outcome.rawValue)', but its result could not be stored: "
            + reason
        return result
    }
}

extension Duration {
    /// Whole microseconds, rounded down.
    var wholeMicroseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
    }
}

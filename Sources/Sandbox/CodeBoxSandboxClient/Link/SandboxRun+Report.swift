import CWire
import CodeBoxCore
import Glibc
import CodeBoxSandbox

// How a run ends.
extension SandboxRun {
    /// The report of a run that was canceled before it had a sandbox.
    var canceledReport: SandboxReport {
        SandboxReport(
            outcome: .canceled,
            timings: Timings(acquireUs: Self.microseconds(from: requestedNs, to: cb_now_ns())))
    }

    /// The run's result, from the warden's report and the captured output.
    func outcome(of reply: cb_reply) -> Outcome {
        if let failure = reply.failure { return .failure(failure) }
        let (outcome, exitCode, signal) = ending(reply)
        let now = cb_now_ns()
        let didStart = reply.started_ns != 0
        let ended = max(reply.ended_ns, reply.started_ns)
        // The program may have begun before its socket's send returned here.
        let began = didStart ? reply.started_ns : ended
        let acquired = acquiredNs == 0 ? began : min(acquiredNs, began)
        let runUs = Self.microseconds(from: began, to: ended)
        return .success(
            SandboxReport(
                outcome: outcome, exitCode: exitCode, signal: signal, stdout: stdout.output,
                stderr: stderr.output,
                usage: Usage(
                    wallUs: runUs, cpuUserUs: Int(reply.cpu_user_us),
                    cpuSystemUs: Int(reply.cpu_system_us),
                    memoryPeakBytes: Int(reply.memory_peak_bytes)),
                timings: Timings(
                    acquireUs: Self.microseconds(from: requestedNs, to: acquired),
                    startupUs: Self.microseconds(from: acquired, to: began), runUs: runUs,
                    finishUs: Self.microseconds(from: ended, to: now), isCold: isCold,
                    isForked: isForked && didStart),
                deniedSyscalls: reply.deniedSyscalls))
    }

    private static func microseconds(from start: UInt64, to end: UInt64) -> Int {
        end > start ? Int((end - start) / 1000) : 0
    }

    private func ending(_ reply: cb_reply) -> (CodeBoxCore.Outcome, exitCode: Int?, signal: Int?) {
        let ranOutOfMemory = reply.oom_kills > 0
        switch cb_verdict(rawValue: reply.verdict) {
        // A program that ran out of memory first and out of time later has exceeded its memory, as
        // on cgroup v2, where the kernel ends the whole group at once.
        case CB_VERDICT_WALL:
            return (ranOutOfMemory ? .memoryExceeded : .wallTimeExceeded, nil, Int(SIGKILL))
        case CB_VERDICT_CPU:
            return (ranOutOfMemory ? .memoryExceeded : .cpuTimeExceeded, nil, Int(SIGKILL))
        case CB_VERDICT_MEMORY: return (.memoryExceeded, nil, Int(SIGKILL))
        case CB_VERDICT_KERNEL_MEMORY: return (.kernelMemoryExceeded, nil, Int(SIGKILL))
        case CB_VERDICT_KILLED: return (.canceled, nil, Int(SIGKILL))
        case CB_VERDICT_DIED:
            // The OOM killer takes PID 1 with the group. PID 1's other deaths are failures.
            return (.memoryExceeded, nil, Int(SIGKILL))
        default:
            let signal = Int(reply.status & 0x7f)
            let exitCode = signal == 0 ? Int(reply.status >> 8 & 0xff) : nil
            let natural: CodeBoxCore.Outcome = signal == 0 ? .exited : .signaled
            return (
                ranOutOfMemory ? .memoryExceeded : natural, exitCode, signal == 0 ? nil : signal
            )
        }
    }
}

package import CodeBoxCore

/// How one program ended in its sandbox, with its outputs and measurements.
package struct SandboxReport: Sendable {
    /// Never `lost` or `failed`, which only the worker decides.
    package var outcome: Outcome
    package var exitCode: Int?
    package var signal: Int?
    package var stdout: CapturedOutput
    package var stderr: CapturedOutput
    package var usage: Usage
    /// `queuedUs` is 0; the worker fills it in. `acquireUs` begins with the call of `run`.
    package var timings: Timings
    /// The refused system calls, the most frequent first; nil where the warden does not tell them.
    package var deniedSyscalls: [DeniedSyscall]?

    package init(
        outcome: Outcome, exitCode: Int? = nil, signal: Int? = nil,
        stdout: CapturedOutput = CapturedOutput(), stderr: CapturedOutput = CapturedOutput(),
        usage: Usage = Usage(), timings: Timings, deniedSyscalls: [DeniedSyscall]? = nil
    ) {
        self.outcome = outcome
        self.exitCode = exitCode
        self.signal = signal
        self.stdout = stdout
        self.stderr = stderr
        self.usage = usage
        self.timings = timings
        self.deniedSyscalls = deniedSyscalls
    }
}

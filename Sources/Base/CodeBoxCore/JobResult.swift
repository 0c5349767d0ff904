/// How a job ended, with its outputs and measurements.
package struct JobResult: Codable, Hashable, Sendable {
    package var outcome: Outcome
    /// Set when ``outcome`` is `exited`, 0–255.
    package var exitCode: Int?
    /// The number of the signal that killed the program, whatever the outcome.
    package var signal: Int?
    package var stdout: CapturedOutput
    package var stderr: CapturedOutput
    package var usage: Usage
    /// The limits that were in force; nil if the job ended before they were worked out.
    package var limits: Limits?
    package var runtime: RuntimeIdentity?
    package var timings: Timings
    /// Why CodeBox could not run the job, when ``outcome`` is `failed` or `lost`.
    package var error: String?
    /// The refused system calls, the most frequent first; nil unless the admin has them told.
    package var deniedSyscalls: [DeniedSyscall]?

    package init(
        outcome: Outcome, exitCode: Int? = nil, signal: Int? = nil,
        stdout: CapturedOutput = CapturedOutput(), stderr: CapturedOutput = CapturedOutput(),
        usage: Usage = Usage(), limits: Limits? = nil, runtime: RuntimeIdentity? = nil,
        timings: Timings = Timings(), error: String? = nil, deniedSyscalls: [DeniedSyscall]? = nil
    ) {
        self.outcome = outcome
        self.exitCode = exitCode
        self.signal = signal
        self.stdout = stdout
        self.stderr = stderr
        self.usage = usage
        self.limits = limits
        self.runtime = runtime
        self.timings = timings
        self.error = error
        self.deniedSyscalls = deniedSyscalls
    }
}

package import CodeBoxCore

/// How one program's stay in its sandbox went.
package struct SandboxReport: Sendable {
    /// Never `lost` or `failed`; those are the worker's words.
    package var outcome: Outcome
    package var exitCode: Int?
    package var signal: Int?
    package var stdout: CapturedOutput
    package var stderr: CapturedOutput
    package var usage: Usage
    /// Asked for → program's first instruction, microseconds.
    package var startupUs: Int
    /// First instruction → end, microseconds.
    package var runUs: Int
    /// End → outputs drained and usage read, microseconds.
    package var finishUs: Int

    package init(
        outcome: Outcome, exitCode: Int?, signal: Int?, stdout: CapturedOutput,
        stderr: CapturedOutput, usage: Usage, startupUs: Int, runUs: Int, finishUs: Int
    ) {
        self.outcome = outcome
        self.exitCode = exitCode
        self.signal = signal
        self.stdout = stdout
        self.stderr = stderr
        self.usage = usage
        self.startupUs = startupUs
        self.runUs = runUs
        self.finishUs = finishUs
    }
}

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
    /// Asked for → a sandbox was there for it, microseconds.
    package var acquireUs: Int
    /// That → the program's first instruction, microseconds.
    package var startupUs: Int
    /// First instruction → end, microseconds.
    package var runUs: Int
    /// End → outputs drained and usage read, microseconds.
    package var finishUs: Int
    /// No sandbox was waiting for it: one was made.
    package var isCold: Bool
    /// The program went on in an interpreter forked from a zygote.
    package var isForked: Bool

    package init(
        outcome: Outcome, exitCode: Int?, signal: Int?, stdout: CapturedOutput,
        stderr: CapturedOutput, usage: Usage, acquireUs: Int, startupUs: Int, runUs: Int,
        finishUs: Int, isCold: Bool = true, isForked: Bool = false
    ) {
        self.outcome = outcome
        self.exitCode = exitCode
        self.signal = signal
        self.stdout = stdout
        self.stderr = stderr
        self.usage = usage
        self.acquireUs = acquireUs
        self.startupUs = startupUs
        self.runUs = runUs
        self.finishUs = finishUs
        self.isCold = isCold
        self.isForked = isForked
    }
}

package import CodeBoxCore

/// How one program ran in its sandbox.
package struct SandboxReport: Sendable {
    /// Never `lost` or `failed`: only the worker says these.
    package var outcome: Outcome
    package var exitCode: Int?
    package var signal: Int?
    package var stdout: CapturedOutput
    package var stderr: CapturedOutput
    package var usage: Usage
    /// From the request until a sandbox was there, microseconds.
    package var acquireUs: Int
    /// From then until the program's first instruction, microseconds.
    package var startupUs: Int
    /// From the first instruction to the end, microseconds.
    package var runUs: Int
    /// From the end until outputs and usage were read, microseconds.
    package var finishUs: Int
    /// No sandbox was waiting for the program: one was made.
    package var isCold: Bool
    /// The program ran in a process that was forked from a zygote.
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

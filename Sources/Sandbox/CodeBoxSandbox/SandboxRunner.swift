package import CodeBoxCore

/// Runs each program in a new sandbox.
///
/// `WardenClient` implements it; the worker and the CLI see no more than this.
package protocol SandboxRunner: Sendable {
    /// Makes a sandbox, runs the program in it, and destroys it.
    ///
    /// When `stop` fires, the program is killed at once, and the report's outcome is `canceled`.
    /// Canceling the task fires `stop` with ``StopSignal/Reason/taskCanceled``.
    /// - Parameter onOutput: called with each piece of output as it comes (within
    ///   `limits.outputBytes`), on the client's thread: it must not block. The report holds the
    ///   whole output too.
    /// - Parameter whenGone: called once, however the run ends, when nothing of its sandbox is
    ///   left: its processes are reaped and its cgroup is removed. That is a few milliseconds after
    ///   the report, which waits for neither. It must not block.
    /// - Throws: `sandboxFailed`, naming the step that failed, if a layer could not be put on (the
    ///   program has then not run); `wardenUnavailable` if there is no warden, or the warden ended
    ///   before the program.
    func run(
        _ program: SandboxProgram, in spec: SandboxSpec, until stop: StopSignal,
        onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)?, whenGone: (@Sendable () -> Void)?
    ) async throws(CodeBoxError) -> SandboxReport

    /// Does what ``run(_:in:until:onOutput:whenGone:)`` does, without a task that waits.
    /// - Parameter onEnd: called once with the report, or with the error that `run` would throw, on
    ///   the client's thread: it must not block.
    func begin(
        _ program: SandboxProgram, in spec: SandboxSpec, until stop: StopSignal,
        whenGone: @escaping @Sendable () -> Void,
        onEnd: @escaping @Sendable (Result<SandboxReport, CodeBoxError>) -> Void)

    /// True while the warden answers. False before a run throws `wardenUnavailable`.
    var isAvailable: Bool { get }

    /// Returns once ``isAvailable`` is true, or when the task is canceled.
    func waitUntilAvailable() async

    /// Keeps sandboxes of these pools waiting for programs from now on. Sandboxes of pools that are
    /// no longer named (an image was replaced) are removed. Other pools that runs name come and go
    /// with demand. Returns at once.
    func keepWarm(_ pools: [WarmPoolKey])

    /// How many sandboxes wait, and how many were taken.
    func statistics() async -> WarmPoolStatistics
}

extension SandboxRunner {
    /// As ``run(_:in:until:onOutput:whenGone:)``, until it ends or the task is canceled.
    package func run(
        _ program: SandboxProgram, in spec: SandboxSpec,
        onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)? = nil
    ) async throws(CodeBoxError) -> SandboxReport {
        try await run(program, in: spec, until: StopSignal(), onOutput: onOutput, whenGone: nil)
    }
}

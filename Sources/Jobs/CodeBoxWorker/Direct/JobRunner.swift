package import CodeBoxCore
package import CodeBoxRuntimes
package import CodeBoxSandbox

/// Runs jobs one by one, without queue, store or slots, for the command line.
package struct JobRunner: Sendable {
    private let runner: any SandboxRunner
    private let planning: Planning

    package init(runner: any SandboxRunner, catalog: RuntimeCatalog, policy: LimitsPolicy) {
        self.runner = runner
        planning = Planning(catalog: catalog, policy: policy)
    }

    /// What a run may have beside its job.
    package struct Options: Sendable {
        /// Runs in place of the manifest's command, on the job's `files` alone. It is exec'ed.
        package var command: [String]?
        /// See ``SandboxProgram/onInputPipe``.
        package var onInputPipe: (@Sendable (CInt) -> Void)?
        /// Whether the program may take a waiting sandbox and be forked from a zygote. For a
        /// single program both would be wasted work.
        package var isPooled = false

        package init() {}
    }

    /// Checks the job as the server would, runs it, and returns it finished.
    ///
    /// Canceling the task kills the program; the outcome is then `canceled`.
    /// - Parameter onOutput: see ``SandboxRunner/run(_:in:until:onOutput:whenGone:)``.
    /// - Throws: what ``RunService/run(_:for:until:)`` throws, except `queueFull` and
    ///   `shuttingDown`.
    package func run(
        _ spec: JobSpec, _ options: Options = Options(),
        onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)? = nil
    ) async throws(CodeBoxError) -> Job {
        var plan = try planning.plan(spec)
        if !options.isPooled { plan.sandbox.pools = [] }
        if let command = options.command {
            plan.program.command = command
            plan.program.files = spec.files
            plan.program.mayFork = false
            // The command is not the interpreter that knows what to do with it.
            plan.program.heapMiB = nil
        }
        plan.program.onInputPipe = options.onInputPipe
        var job = Job(id: JobID(), spec: spec, state: .running, attempt: 1, startedAt: .now)
        job.spec.runtime = plan.reference
        job.spec.entrypoint = plan.entrypoint
        let report = try await runner.run(plan.program, in: plan.sandbox, onOutput: onOutput)
        job.state = .finished
        job.finishedAt = .now
        job.result = JobResult(report, plan, queuedUs: 0)
        return job
    }

    /// Starts the zygote for jobs like this one, and keeps sandboxes waiting for them, as the
    /// client's policy says.
    package func keepWarm(for spec: JobSpec) throws(CodeBoxError) {
        runner.keepWarm(try planning.plan(spec).sandbox.pools)
    }

    /// How many sandboxes wait, and whether zygotes are up.
    package func statistics() async -> WarmPoolStatistics {
        await runner.statistics()
    }
}

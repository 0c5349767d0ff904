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

    /// Checks the job as the server would, runs it, and returns it finished.
    ///
    /// Canceling the task kills the program; the outcome is then `canceled`.
    /// - Parameter onOutput: see ``SandboxRunner/run(_:in:until:onOutput:whenGone:)``.
    /// - Throws: what ``RunService/run(_:for:until:)`` throws, except `queueFull` and
    ///   `shuttingDown`.
    package func run(
        _ spec: JobSpec, onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)? = nil
    ) async throws(CodeBoxError) -> Job {
        var plan = try planning.plan(spec)
        // A pool for a single program would be wasted work.
        plan.sandbox.pools = []
        var job = Job(id: JobID(), spec: spec, state: .running, attempt: 1, startedAt: .now)
        job.spec.runtime = plan.reference
        job.spec.entrypoint = plan.entrypoint
        let report = try await runner.run(plan.program, in: plan.sandbox, onOutput: onOutput)
        job.state = .finished
        job.finishedAt = .now
        job.result = JobResult(report, plan, queuedUs: 0)
        return job
    }
}

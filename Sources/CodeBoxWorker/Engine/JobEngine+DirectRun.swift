package import CodeBoxCore
import CodeBoxSandbox

extension JobEngine {
    package func run(_ spec: JobSpec) async throws(CodeBoxError) -> Job {
        let accepted = ContinuousClock.now
        try checkOpen()
        let plan = try planner.plan(spec)
        var job = Job(id: JobID(), spec: spec, state: .running, attempt: 1)
        job.spec.runtime = plan.reference
        guard try await slots.acquire(.direct) else {
            try checkOpen()
            return ended(job, JobResult(outcome: .canceled))
        }
        defer { slots.release() }
        let attempt = Attempt(job, isStored: false)
        guard let event = running.register(attempt) else {
            try checkOpen()
            return ended(job, JobResult(outcome: .canceled))
        }
        defer { running.remove(attempt) }
        job.startedAt = .now
        let queued = ContinuousClock.now - accepted
        let report = try await carryOut(plan, until: event).get()
        if report.outcome == .canceled, event.fired == .shutdown {
            throw CodeBoxError(
                .shuttingDown,
                "CodeBox was shut down while the program ran; try again when it is back")
        }
        return ended(job, JobResult(report, plan, queuedUs: queued.wholeMicroseconds))
    }

    /// Runs a program until it ends or the event kills it.
    func carryOut(_ plan: JobPlan, until event: RunRegistry.Event) async
        -> Result<SandboxReport, CodeBoxError>
    {
        typealias Ending = Result<SandboxReport, CodeBoxError>
        let runner = runner
        return await withTaskGroup(of: Ending?.self) { group in
            group.addTask {
                do throws(CodeBoxError) {
                    return .success(
                        try await runner.run(plan.program, in: plan.sandbox, onOutput: nil))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                _ = await event.value()
                return nil
            }
            var ending: Ending?
            // Whichever ends first ends the other: the program's end the waiting, the event (or the
            // cancellation of this task) the program.
            for await result in group {
                ending = result ?? ending
                group.cancelAll()
            }
            return ending
                ?? .failure(
                    CodeBoxError(.internalError, "the program's run ended without an answer"))
        }
    }

    private func ended(_ job: Job, _ result: JobResult) -> Job {
        var job = job
        job.state = .finished
        job.finishedAt = .now
        job.result = result
        return job
    }
}

package import CodeBoxCore
import CodeBoxSandbox
import Synchronization

extension JobEngine {
    package func run(_ spec: JobSpec, until stop: StopSignal) async throws(CodeBoxError) -> Job {
        try await run(spec, .direct, until: stop)
    }

    /// Runs a program that no store knows, in turn with all others.
    func run(
        _ spec: JobSpec, _ side: SlotLine.Side, until stop: StopSignal
    ) async throws(CodeBoxError) -> Job {
        let accepted = ContinuousClock.now
        try checkOpen()
        let plan = try plan(spec)
        var job = Job(id: JobID(), spec: spec, state: .running, attempt: 1)
        job.spec.runtime = plan.reference
        guard try await slots.acquire(side, until: stop) else {
            try checkOpen()
            return ended(job, JobResult(outcome: .canceled), side)
        }
        // The slot may be that of one which the same signal has killed.
        guard !stop.hasFired else {
            slots.release()
            return ended(job, JobResult(outcome: .canceled), side)
        }
        let attempt = Attempt(job, isStored: false)
        guard let event = running.register(attempt) else {
            slots.release()
            try checkOpen()
            return ended(job, JobResult(outcome: .canceled), side)
        }
        defer { running.remove(attempt) }
        let listener = stop.onFire { event.fire(.canceled) }
        defer { stop.remove(listener) }
        job.startedAt = .now
        let queued = ContinuousClock.now - accepted
        do throws(CodeBoxError) {
            let report = try await carryOut(plan, until: event)
            if report.outcome == .canceled, event.fired == .shutdown {
                throw CodeBoxError(
                    .shuttingDown,
                    "CodeBox was shut down while the program ran; try again when it is back")
            }
            return ended(job, JobResult(report, plan, queuedUs: queued.wholeMicroseconds), side)
        } catch {
            counts.withLock { $0.add(error) }
            throw error
        }
    }

    /// Runs a program until it ends or the event, or this task's cancellation, kills it. Its slot is
    /// free again when its sandbox is gone.
    func carryOut(_ plan: JobPlan, until event: RunEvent) async throws(CodeBoxError)
        -> SandboxReport
    {
        try await runner.run(
            plan.program, in: plan.sandbox, until: event.stop, onOutput: nil,
            whenGone: { [slots] in slots.release() })
    }

    private func ended(_ job: Job, _ result: JobResult, _ side: SlotLine.Side) -> Job {
        counts.withLock { $0.add(result, side == .batch ? .batch : .direct) }
        var job = job
        job.state = .finished
        job.finishedAt = .now
        job.result = result
        return job
    }
}

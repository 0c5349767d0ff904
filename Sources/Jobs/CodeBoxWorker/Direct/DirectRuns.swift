import CodeBoxCore
import CodeBoxSandbox
import Synchronization

/// Runs programs that no store knows.
final class DirectRuns<Gate: Admission>: RunService {
    private let intake: Intake<Gate>
    private let slots: SlotLine
    private let running: RunRegistry
    private let runner: SlotRunner
    private let counter: RunCounter
    private let shutdown: Shutdown
    private let slotCount: Int
    private let maximumBatches: Int
    private let openBatches = Mutex(0)

    init(
        intake: Intake<Gate>, slots: SlotLine, running: RunRegistry, runner: SlotRunner,
        counter: RunCounter, shutdown: Shutdown, options: JobEngine.Options
    ) {
        self.intake = intake
        self.slots = slots
        self.running = running
        self.runner = runner
        self.counter = counter
        self.shutdown = shutdown
        slotCount = options.slots
        maximumBatches = options.maximumBatches
    }

    func run(_ spec: JobSpec, for principal: Principal, until stop: StopSignal)
        async throws(CodeBoxError) -> Job
    {
        try await run(spec, for: principal, as: .direct, until: stop)
    }

    // MARK: Batches

    func admitBatch() throws(CodeBoxError) -> BatchPass {
        try shutdown.checkOpen()
        let isWithin = openBatches.withLock { open in
            guard open < maximumBatches else { return false }
            open += 1
            return true
        }
        guard isWithin else {
            throw CodeBoxError(
                .queueFull,
                "\(maximumBatches) batches are under way, which is the maximum; try again later")
        }
        counter.addBatch()
        return BatchPass { self.openBatches.withLock { $0 -= 1 } }
    }

    func run(
        _ specs: [JobSpec], for principal: Principal, with pass: BatchPass, until stop: StopSignal,
        deliver: (Int, Result<Job, CodeBoxError>) async throws -> Void
    ) async throws {
        defer { withExtendedLifetime(pass) {} }
        func hasReader() -> Bool { !Task.isCancelled && stop.reason?.leavesReader ?? true }
        // A task that is canceled, or that throws, cancels its children, and they kill their
        // programs.
        try await withThrowingTaskGroup(of: (Int, Result<Job, CodeBoxError>).self) { group in
            var next = 0
            func start() {
                guard next < specs.count, hasReader() else { return }
                let (index, spec) = (next, specs[next])
                next += 1
                group.addTask { (index, await self.runOne(spec, for: principal, until: stop)) }
            }
            // A client that is slow to take results holds up the rest of its batch, not our memory:
            // no more programs than these run, wait for a slot, or wait to be delivered.
            for _ in 0..<(2 * slotCount) { start() }
            for try await (index, result) in group where hasReader() {
                try await deliver(index, result)
                start()
            }
        }
    }

    private func runOne(_ spec: JobSpec, for principal: Principal, until stop: StopSignal) async
        -> Result<Job, CodeBoxError>
    {
        do throws(CodeBoxError) {
            return .success(try await run(spec, for: principal, as: .batch, until: stop))
        } catch {
            return .failure(error)
        }
    }

    // MARK: One program

    private func run(
        _ spec: JobSpec, for principal: Principal, as source: JobSource, until stop: StopSignal
    ) async throws(CodeBoxError) -> Job {
        let accepted = ContinuousClock.now
        var job = Job(id: JobID(), spec: spec, state: .running, attempt: 1)
        let plan = try intake.take(&job.spec, from: principal, as: source)
        guard try await slots.acquire(source, until: stop) else { return try refused(job, source) }
        guard var run = enter(job, plan, source, until: stop) else {
            return try refused(job, source)
        }
        defer { leave(run) }
        run.queued = ContinuousClock.now - accepted
        do throws(CodeBoxError) {
            return try ended(run, try await runner.run(plan, until: stop))
        } catch {
            counter.add(error)
            throw error
        }
    }

    func begin(
        _ spec: () throws -> JobSpec, for principal: Principal, until stop: StopSignal,
        onEnd: @escaping @Sendable (Result<Job, CodeBoxError>) -> Void
    ) throws -> Bool {
        let accepted = ContinuousClock.now
        guard slots.takeAtOnce(.direct) else { return false }
        var job: Job
        do {
            job = Job(id: JobID(), spec: try spec(), state: .running, attempt: 1)
        } catch {
            slots.release()
            throw error
        }
        let plan: JobPlan
        do throws(CodeBoxError) {
            plan = try intake.take(&job.spec, from: principal, as: .direct)
        } catch {
            slots.release()
            onEnd(.failure(error))
            return true
        }
        guard var run = enter(job, plan, .direct, until: stop) else {
            onEnd(Result { () throws(CodeBoxError) in try refused(job, .direct) })
            return true
        }
        run.queued = ContinuousClock.now - accepted
        runner.begin(plan, until: stop) { [run] report in onEnd(self.end(run, report)) }
        return true
    }

    private func end(_ run: Run, _ report: Result<SandboxReport, CodeBoxError>)
        -> Result<Job, CodeBoxError>
    {
        defer { leave(run) }
        do throws(CodeBoxError) {
            return .success(try ended(run, report.get()))
        } catch {
            counter.add(error)
            return .failure(error)
        }
    }

    /// A program that has a slot.
    private struct Run: Sendable {
        var job: Job
        let plan: JobPlan
        let source: JobSource
        let stop: StopSignal
        var queued = Duration.zero
    }

    /// Registers a program that has a slot. Gives the slot back if the program may not begin.
    private func enter(
        _ job: Job, _ plan: JobPlan, _ source: JobSource, until stop: StopSignal
    ) -> Run? {
        // The slot may have come from a program that the same signal has killed.
        guard !stop.hasFired, running.register(Attempt(job, isStored: false), stop) else {
            slots.release()
            return nil
        }
        var run = Run(job: job, plan: plan, source: source, stop: stop)
        run.job.startedAt = .now
        return run
    }

    private func leave(_ run: Run) {
        running.remove(Attempt(run.job, isStored: false))
    }

    private func ended(_ run: Run, _ report: SandboxReport) throws(CodeBoxError) -> Job {
        if report.outcome == .canceled, run.stop.reason == .shutdown {
            throw CodeBoxError(
                .shuttingDown,
                "CodeBox was shut down while the program ran; try again when it is back")
        }
        let queuedUs = run.queued.wholeMicroseconds
        return ended(run.job, JobResult(report, run.plan, queuedUs: queuedUs), run.source)
    }

    /// The answer for a program that did not begin, because of a shutdown or because of its client.
    private func refused(_ job: Job, _ source: JobSource) throws(CodeBoxError) -> Job {
        try shutdown.checkOpen()
        return ended(job, JobResult(outcome: .canceled), source)
    }

    private func ended(_ job: Job, _ result: JobResult, _ source: JobSource) -> Job {
        counter.add(result, source)
        var job = job
        job.state = .finished
        job.finishedAt = .now
        job.result = result
        return job
    }
}

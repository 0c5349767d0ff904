import CodeBoxCore
import CodeBoxJobs
import CodeBoxSandbox
import Logging

/// Runs leased jobs, each from its lease to what the store keeps of the attempt.
final class StoredAttempts: Sendable {
    /// What becomes of an attempt.
    private enum Settlement {
        case finish(JobResult)
        case giveBack(reason: String)
        /// The store has already decided otherwise.
        case drop
    }

    private let store: any JobStore
    private let events: any JobEvents
    private let planning: Planning
    private let runner: SlotRunner
    private let slots: SlotLine
    private let running: RunRegistry
    private let board: JobBoard
    private let counter: RunCounter
    private let wardenPause: WardenPause
    private let shutdown: Shutdown
    private let options: JobEngine.Options
    private let logger: Logger

    init(
        store: any JobStore, events: any JobEvents, planning: Planning, runner: SlotRunner,
        slots: SlotLine, running: RunRegistry, board: JobBoard, counter: RunCounter,
        wardenPause: WardenPause, shutdown: Shutdown, options: JobEngine.Options, logger: Logger
    ) {
        self.store = store
        self.events = events
        self.planning = planning
        self.runner = runner
        self.slots = slots
        self.running = running
        self.board = board
        self.counter = counter
        self.wardenPause = wardenPause
        self.shutdown = shutdown
        self.options = options
        self.logger = logger
    }

    /// Runs a leased job, for which a slot is taken, and settles it with the store.
    func carryOut(_ run: LeasedRun) async {
        let settlement = await settlement(of: run)
        await settle(run.job, settlement)
        running.remove(Attempt(run.job))
    }

    // MARK: Running

    private func settlement(of run: LeasedRun) async -> Settlement {
        let (job, stop) = (run.job, run.stop)
        let queuedUs = queuedUs(job)
        let plan: JobPlan
        do throws(CodeBoxError) {
            // The job was admitted when it was submitted. Here the server's own limits apply.
            if let planned = run.plan { plan = planned } else { plan = try planning.plan(job.spec) }
        } catch {
            // The job was valid when it was submitted; the image or the ceiling has changed since.
            slots.release()
            return .finish(failed(error, queuedUs))
        }
        do throws(CodeBoxError) {
            let report = try await runner.run(plan, until: stop)
            let result = JobResult(report, plan, queuedUs: queuedUs)
            counter.add(result, .stored)
            guard report.outcome != .canceled else { return interrupted(by: stop.reason, result) }
            wardenPause.wardenWorked()
            return .finish(result)
        } catch {
            counter.add(error)
            logger.warning(
                "a job could not be run", metadata: ["job": "\(job.id)", "error": "\(error)"])
            if let reason = stop.reason {
                let result = JobResult(
                    outcome: .canceled, limits: plan.sandbox.limits, runtime: plan.runtime,
                    timings: Timings(queuedUs: queuedUs))
                return interrupted(by: reason, result)
            }
            guard error.code == .wardenUnavailable else { return .finish(failed(error, queuedUs)) }
            wardenPause.wardenFailed()
            return .giveBack(reason: JobInterruption.wardenLost)
        }
    }

    private func interrupted(by reason: StopSignal.Reason?, _ result: JobResult) -> Settlement {
        switch reason {
        case .canceled, .disconnected: .finish(result)
        case .leaseLost: .drop
        case .shutdown, .taskCanceled, nil: .giveBack(reason: JobInterruption.shutdown)
        }
    }

    private func failed(_ error: CodeBoxError, _ queuedUs: Int) -> JobResult {
        JobResult(
            outcome: .failed, timings: Timings(queuedUs: queuedUs), error: error.description)
    }

    /// Microseconds from the job's acceptance until now. For a job that another server accepted,
    /// only the wall clock tells.
    private func queuedUs(_ job: Job) -> Int {
        if let accepted = board.acceptedAt(job.id) {
            return (ContinuousClock.now - accepted).wholeMicroseconds
        }
        return max(0, Int(Timestamp.now.microseconds - job.createdAt.microseconds))
    }

    // MARK: Settling

    private func settle(_ job: Job, _ settlement: Settlement) async {
        switch settlement {
        case .drop: return
        case .finish(let result): await finish(job, result)
        case .giveBack(let reason):
            let back = await persistently("give back a job", job) { _ throws(CodeBoxError) in
                try await self.store.release(
                    job.id, attempt: job.attempt, worker: self.options.workerName,
                    maximumAttempts: self.options.maximumAttempts, reason: reason)
            }
            if let back = back ?? nil { events.announce(back) }
        }
    }

    private func finish(_ job: Job, _ result: JobResult) async {
        var finished = job
        finished.state = .finished
        finished.finishedAt = .now
        let instant = finished.finishedAt ?? .now
        let kept = await persistently("store a result", job) { refusal throws(CodeBoxError) in
            var result = result
            if let refusal, await self.storeWorks() {
                // The store works, so it is this result, perhaps its size, that it refuses.
                result = result.withoutOutputs(because: refusal.message)
            }
            let isKept = try await self.store.finish(
                job.id, attempt: job.attempt, worker: self.options.workerName, result: result,
                at: instant)
            return isKept ? result : nil
        }
        switch kept {
        case .some(let result?):
            finished.result = result
            events.announce(finished)
        case .some(nil):
            logger.warning(
                "a result was dropped: its attempt no longer holds the job",
                metadata: ["job": "\(job.id)", "attempt": "\(job.attempt)"])
            // An earlier try may have got through although it was answered with an error.
            if let now = try? await store.job(job.id), now.state == .finished {
                events.announce(now)
            }
        case nil:
            logger.error(
                "a result was not stored; the job is recovered at the next start",
                metadata: ["job": "\(job.id)"])
        }
    }

    /// Tries until the store takes a change or results are abandoned; the next start then recovers
    /// the job. After eight tries the body gets the last error.
    private func persistently<Value: Sendable>(
        _ what: String, _ job: Job,
        _ body: (_ refusal: CodeBoxError?) async throws(CodeBoxError) -> Value
    ) async -> Value? {
        var backoff = options.retryBackoff
        var lastError: CodeBoxError?
        var tries = 0
        while true {
            do throws(CodeBoxError) {
                return try await body(tries < 8 ? nil : lastError)
            } catch {
                tries += 1
                lastError = error
                logger.error(
                    "can't \(what); trying again",
                    metadata: ["job": "\(job.id)", "tries": "\(tries)", "error": "\(error)"])
            }
            let mayGoOn = await shutdown.pauseUnlessAbandoned(backoff.pause())
            if !mayGoOn || Task.isCancelled { return nil }
        }
    }

    private func storeWorks() async -> Bool {
        do {
            _ = try await store.heartbeat(worker: options.workerName, until: options.leaseEnd)
            return true
        } catch {
            return false
        }
    }
}

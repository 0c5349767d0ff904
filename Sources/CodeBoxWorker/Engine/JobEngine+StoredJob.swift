import CodeBoxCore
import CodeBoxJobs
import CodeBoxSandbox
import Logging
import Synchronization

// One attempt of a stored job, from the lease to what the store keeps of it.
extension JobEngine {
    /// What is to become of an attempt.
    private enum Settlement {
        case finish(JobResult)
        case giveBack(reason: String)
        /// The store has decided otherwise already.
        case drop
    }

    /// Runs a leased job, and settles it with the store.
    func attempt(_ job: Job, _ event: RunEvent) async {
        let attempt = Attempt(job)
        let settlement = await settlement(of: job, event)
        await settle(job, settlement)
        running.remove(attempt)
    }

    private func settlement(of job: Job, _ event: RunEvent) async -> Settlement {
        let queuedUs = queuedUs(job)
        let plan: JobPlan
        do throws(CodeBoxError) {
            plan = try self.plan(job.spec)
        } catch {
            // It was sound when it was submitted: the image or the admin's ceiling has changed.
            slots.release()
            return .finish(failed(error, queuedUs))
        }
        do throws(CodeBoxError) {
            let report = try await carryOut(plan, until: event)
            let result = JobResult(report, plan, queuedUs: queuedUs)
            counts.withLock { $0.add(result, .stored) }
            guard report.outcome != .canceled else { return interrupted(by: event.fired, result) }
            wardenPause.withLock { $0.wardenWorked() }
            return .finish(result)
        } catch {
            counts.withLock { $0.add(error) }
            logger.warning(
                "a job could not be run", metadata: ["job": "\(job.id)", "error": "\(error)"])
            if let reason = event.fired {
                let result = JobResult(
                    outcome: .canceled, limits: plan.sandbox.limits, runtime: plan.runtime,
                    timings: Timings(queuedUs: queuedUs))
                return interrupted(by: reason, result)
            }
            guard error.code == .wardenUnavailable else { return .finish(failed(error, queuedUs)) }
            wardenPause.withLock { $0.wardenFailed() }
            return .giveBack(reason: JobInterruption.wardenLost)
        }
    }

    private func interrupted(by why: Interruption?, _ result: JobResult) -> Settlement {
        switch why {
        case .canceled: .finish(result)
        case .leaseLost: .drop
        // Without a reason, it was the engine's own task that was canceled.
        case .shutdown, nil: .giveBack(reason: JobInterruption.shutdown)
        }
    }

    private func failed(_ error: CodeBoxError, _ queuedUs: Int) -> JobResult {
        JobResult(
            outcome: .failed, timings: Timings(queuedUs: queuedUs), error: error.description)
    }

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
            if let back = back ?? nil { announce(back) }
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
                // So it is this result, perhaps its size, that the store does not take.
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
            board.post(finished)
        case .some(nil):
            logger.warning(
                "a result was dropped: its attempt no longer holds the job",
                metadata: ["job": "\(job.id)", "attempt": "\(job.attempt)"])
            // Perhaps because an earlier try, though it was answered with an error, got through.
            if let now = try? await store.job(job.id), now.state == .finished { board.post(now) }
        case nil:
            logger.error(
                "a result was not stored; the job is recovered at the next start",
                metadata: ["job": "\(job.id)"])
        }
    }

    /// Tells those concerned where a job has gone that was taken back.
    func announce(_ job: Job) {
        if job.state == .finished {
            board.post(job)
        } else {
            wakeUp.yield()
        }
    }

    /// Tries until the store takes it or the engine ends; the job is then recovered at its next
    /// start. After eight tries the body is given the last error.
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
            let isOver = await abandoned.value(within: backoff.pause()) != nil
            if isOver || Task.isCancelled { return nil }
        }
    }

    private func storeWorks() async -> Bool {
        do {
            _ = try await store.heartbeat(worker: options.workerName, until: leaseEnd())
            return true
        } catch {
            return false
        }
    }

    /// Accepted → taken. For a job that an earlier server accepted the wall clock is all there is.
    private func queuedUs(_ job: Job) -> Int {
        if let accepted = board.acceptedAt(job.id) {
            return (ContinuousClock.now - accepted).wholeMicroseconds
        }
        return max(0, Int(Timestamp.now.microseconds - job.createdAt.microseconds))
    }
}

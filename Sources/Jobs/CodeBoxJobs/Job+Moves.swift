package import CodeBoxCore

/// The moves that stores make themselves, in one place so that all stores agree.
extension Job {
    /// The job after a worker leased it: running, with one more attempt.
    package func leased(at now: Timestamp) -> Job {
        var job = self
        job.state = .running
        job.attempt += 1
        job.startedAt = now
        return job
    }

    /// The job after a client canceled it: a queued job has ended, a running job is marked.
    /// - Throws: `jobFinished`.
    package func canceled(at now: Timestamp) throws(CodeBoxError) -> Job {
        var job = self
        job.cancelRequested = true
        switch state {
        case .queued: job.end(JobResult(outcome: .canceled), at: now)
        case .running: break
        case .finished:
            throw CodeBoxError(.jobFinished, "job \(id) has already finished; it can't be canceled")
        }
        return job
    }

    /// The job after its attempt was cut short. It goes back to the queue while its `attempt` is
    /// below `maximumAttempts` and it is not `atMostOnce`; otherwise it ends as `lost`. A job that
    /// a client canceled ends as `canceled` instead.
    package func takenBack(at now: Timestamp, maximumAttempts: Int, reason: String) -> Job {
        var job = self
        if cancelRequested {
            job.end(JobResult(outcome: .canceled), at: now)
        } else if attempt < maximumAttempts && !spec.atMostOnce {
            job.state = .queued
        } else {
            let rule =
                spec.atMostOnce
                ? "it was submitted to run at most once"
                : "attempt \(attempt) was the last of \(maximumAttempts)"
            job.end(JobResult(outcome: .lost, error: "\(reason); \(rule)"), at: now)
        }
        return job
    }

    private mutating func end(_ result: JobResult, at now: Timestamp) {
        state = .finished
        finishedAt = now
        self.result = result
    }
}

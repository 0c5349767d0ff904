import CodeBoxCore
import CodeBoxJobs

extension JobStoreConformance {
    static let cancellation: [JobStoreCheck] = [
        JobStoreCheck("a queued job that is canceled ends at once and is never leased") { store in
            let job = SampleJobs.job()
            try await store.insert([job], maximumQueued: 1)
            let canceled = try await store.cancel(job.id)
            try requireEqual(canceled.state, .finished, "its state")
            try requireEqual(canceled.result?.outcome, .canceled, "its outcome")
            try require(canceled.finishedAt != nil, "its end")
            try requireEqual(try await store.present(job.id), canceled, "the store says the same")
            let leased = try await store.lease(worker: "w", count: 1, until: Instant.future)
            try require(leased.isEmpty, "nobody runs it")
        },
        JobStoreCheck("a running job that is canceled runs on, marked, until its worker ends it") {
            store in
            let job = try await store.start(SampleJobs.job())
            let marked = try await store.cancel(job.id)
            try requireEqual(marked.state, .running, "its state")
            try require(marked.cancelRequested, "its mark")
            let again = try await store.cancel(job.id)
            try requireEqual(again, marked, "a second cancel changes nothing")
            let held = try await store.heartbeat(worker: "w", until: Instant.future)
            try requireEqual(held, [job.id], "the worker still holds it")
            let finished = try await store.finish(
                job.id, attempt: 1, worker: "w", result: JobResult(outcome: .canceled), at: .now)
            try require(finished, "the worker ends it")
        },
        JobStoreCheck("what is unknown or finished can't be canceled") { store in
            try await requireError(.jobNotFound, "unknown") { _ = try await store.cancel(JobID()) }
            let job = SampleJobs.job()
            try await store.complete(job, at: .now)
            try await requireError(.jobFinished, "finished") { _ = try await store.cancel(job.id) }
            try requireEqual(try await store.present(job.id).cancelRequested, false, "unmarked")
        },
    ]

    static let takingBack: [JobStoreCheck] = [
        JobStoreCheck("a job whose lease has ended goes back to its place in the queue") { store in
            let jobs = SampleJobs.jobs(3)
            try await store.insert(jobs, maximumQueued: 3)
            _ = try await store.lease(worker: "w", count: 1, until: Instant.past)
            let reaped = try await store.reap(now: .now, worker: nil, maximumAttempts: 2)
            try requireEqual(reaped.map(\.state), [.queued], "its state")
            try requireEqual(try await store.present(jobs[0].id), reaped[0], "the same is stored")
            let leased = try await store.lease(worker: "w", count: 3, until: Instant.future)
            try requireEqual(leased.map(\.id), jobs.map(\.id), "it comes first again")
            try requireEqual(leased.map(\.attempt), [2, 1, 1], "each lease is an attempt")
        },
        JobStoreCheck("a job whose lease has not ended is left alone") { store in
            _ = try await store.start(SampleJobs.job())
            let reaped = try await store.reap(now: .now, worker: nil, maximumAttempts: 2)
            try require(reaped.isEmpty, "nothing is taken back")
        },
        JobStoreCheck("a job is lost when no attempt is left") { store in
            let job = try await store.start(SampleJobs.job(), until: Instant.past)
            let now = Timestamp.now
            let reaped = try await store.reap(now: now, worker: nil, maximumAttempts: 1)
            try requireEqual(reaped.map(\.result?.outcome), [.lost], "its outcome")
            try requireEqual(reaped[0].finishedAt, now, "its end")
            try require(reaped[0].result?.error?.isEmpty == false, "it says why")
            try requireEqual(try await store.present(job.id), reaped[0], "the same is stored")
            let again = try await store.reap(now: .now, worker: nil, maximumAttempts: 1)
            try require(again.isEmpty, "it has ended for good")
        },
        JobStoreCheck("a job that may run only once is lost with its first attempt") { store in
            _ = try await store.start(SampleJobs.job(atMostOnce: true), until: Instant.past)
            let reaped = try await store.reap(now: .now, worker: nil, maximumAttempts: 2)
            try requireEqual(reaped.map(\.result?.outcome), [.lost], "its outcome")
        },
        JobStoreCheck("a canceled job that is taken back ends as canceled") { store in
            let job = try await store.start(SampleJobs.job(), until: Instant.past)
            _ = try await store.cancel(job.id)
            let reaped = try await store.reap(now: .now, worker: nil, maximumAttempts: 2)
            try requireEqual(reaped.map(\.result?.outcome), [.canceled], "it isn't run again")
        },
        JobStoreCheck("a worker that starts anew gets back all its own jobs and no other's") {
            store in
            let mine = try await store.start(SampleJobs.job(0), worker: "a")
            let late = try await store.start(SampleJobs.job(1), worker: "b", until: Instant.past)
            let reaped = try await store.reap(now: .now, worker: "a", maximumAttempts: 2)
            try requireEqual(reaped.map(\.id), [mine.id], "its lease had not even ended")
            try requireEqual(try await store.present(late.id).state, .running, "the other's")
        },
        JobStoreCheck("a released job goes where a reaped one goes") { store in
            let first = try await store.start(SampleJobs.job())
            let queued = try await store.release(
                first.id, attempt: 1, worker: "w", maximumAttempts: 2, reason: "the warden died")
            try requireEqual(queued?.state, .queued, "an attempt is left")
            try requireEqual(try await store.present(first.id), queued, "the same is stored")
            _ = try await store.lease(worker: "w", count: 1, until: Instant.future)
            let lost = try await store.release(
                first.id, attempt: 2, worker: "w", maximumAttempts: 2, reason: "the warden died")
            try requireEqual(lost?.result?.outcome, .lost, "none is left")
            try require(lost?.result?.error?.contains("the warden died") == true, "it says why")
        },
        JobStoreCheck("an attempt that no longer holds the job can't release it") { store in
            let job = try await store.start(SampleJobs.job())
            for (attempt, worker) in [(2, "w"), (1, "v")] {
                let released = try await store.release(
                    job.id, attempt: attempt, worker: worker, maximumAttempts: 3, reason: "")
                try require(released == nil, "attempt \(attempt) of \(worker) never held it")
            }
            _ = try await store.finish(
                job.id, attempt: 1, worker: "w", result: SampleJobs.result(), at: .now)
            let ended = try await store.release(
                job.id, attempt: 1, worker: "w", maximumAttempts: 3, reason: "")
            try require(ended == nil, "it has finished")
        },
    ]
}

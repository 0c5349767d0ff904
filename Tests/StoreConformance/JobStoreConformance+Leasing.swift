import CodeBoxCore
import CodeBoxJobs

extension JobStoreConformance {
    static let leasing: [JobStoreCheck] = [
        JobStoreCheck("jobs are leased in the order of their insertion") { store in
            // Ids against the order of insertion, so that the one isn't taken for the other.
            let jobs = Array(SampleJobs.jobs(5).reversed())
            try await store.insert(Array(jobs[0..<3]), maximumQueued: 10)
            try await store.insert(Array(jobs[3..<5]), maximumQueued: 10)
            let first = try await store.lease(worker: "w", count: 2, until: Instant.future)
            let rest = try await store.lease(worker: "w", count: 10, until: Instant.future)
            try requireEqual((first + rest).map(\.id), jobs.map(\.id), "oldest first")
            let none = try await store.lease(worker: "w", count: 10, until: Instant.future)
            try require(none.isEmpty, "nothing is left")
        },
        JobStoreCheck("a leased job runs, one attempt further") { store in
            let before = Timestamp.now
            let job = try await store.start(SampleJobs.fullJob())
            try requireEqual(job.state, .running, "its state")
            try requireEqual(job.attempt, 1, "its attempt")
            try require(job.startedAt.map { $0 >= before } ?? false, "its start is now")
            try requireEqual(job.spec, SampleJobs.fullJob().spec, "its spec is whole")
            try requireEqual(try await store.present(job.id), job, "the store says the same")
        },
        JobStoreCheck("a job inserted as leased runs, held as any other, and was never queued") {
            store in
            let queued = SampleJobs.job(1)
            try await store.insert([queued], maximumQueued: 1)
            let before = Timestamp.now
            let job = try await store.insertLeased(
                SampleJobs.fullJob(), worker: "w", until: Instant.future, durability: .now)
            try requireEqual(job.state, .running, "its state")
            try requireEqual(job.attempt, 1, "its attempt")
            try require(job.startedAt.map { $0 >= before } ?? false, "its start is now")
            try requireEqual(job.spec, SampleJobs.fullJob().spec, "its spec is whole")
            try requireEqual(try await store.present(job.id), job, "the store says the same")
            try requireEqual(
                try await store.counts(), [.queued: 1, .running: 1, .finished: 0], "its place")
            let leased = try await store.lease(worker: "v", count: 9, until: Instant.future)
            try requireEqual(leased.map(\.id), [queued.id], "nobody else can lease it")
            let held = try await store.heartbeat(worker: "w", until: Instant.future)
            try requireEqual(held, [job.id], "its worker's heartbeat names it")
            let kept = try await store.finish(
                job.id, attempt: 1, worker: "w", result: SampleJobs.fullResult(), at: .now)
            try require(kept, "its worker can finish it")
            try requireEqual(
                try await store.present(job.id).result, SampleJobs.fullResult(), "its result")
        },
        JobStoreCheck("a job inserted for later is there at once, for all to see") { store in
            let job = try await store.insertLeased(
                SampleJobs.fullJob(), worker: "w", until: Instant.future, durability: .later)
            try requireEqual(try await store.present(job.id), job, "it is there")
            try await store.flush()
            try requireEqual(try await store.present(job.id), job, "it still is")
            let held = try await store.heartbeat(worker: "w", until: Instant.future)
            try requireEqual(held, [job.id], "its worker's heartbeat names it")
        },
        JobStoreCheck("a job inserted as leased goes back to the queue when its lease ends") {
            store in
            let first = SampleJobs.job(5)
            _ = try await store.insertLeased(
                first, worker: "w", until: Instant.past, durability: .now)
            let second = SampleJobs.job(1)
            try await store.insert([second], maximumQueued: 1)
            let reaped = try await store.reap(now: .now, worker: nil, maximumAttempts: 2)
            try requireEqual(reaped.map(\.id), [first.id], "it is taken back")
            let leased = try await store.lease(worker: "w", count: 2, until: Instant.future)
            try requireEqual(leased.map(\.id), [first.id, second.id], "to the place it came with")
            try requireEqual(leased.map(\.attempt), [2, 1], "as a second attempt")
        },
        JobStoreCheck("a job can't be inserted as leased twice") { store in
            let job = SampleJobs.job()
            _ = try await store.insertLeased(
                job, worker: "w", until: Instant.future, durability: .now)
            do {
                _ = try await store.insertLeased(
                    job, worker: "v", until: Instant.future, durability: .now)
                try require(false, "the second one is refused")
            } catch let error as CodeBoxError {
                try requireEqual(error.code, .storeFailed, "the error's code")
            }
            try requireEqual(
                try await store.heartbeat(worker: "w", until: Instant.future), [job.id],
                "the first one holds it")
        },
        JobStoreCheck("a lease of no jobs takes none") { store in
            try await store.insert([SampleJobs.job()], maximumQueued: 1)
            let none = try await store.lease(worker: "w", count: 0, until: Instant.future)
            try require(none.isEmpty, "none was asked for")
        },
        JobStoreCheck("no job is leased by two workers") { store in
            let jobs = SampleJobs.jobs(50)
            try await store.insert(jobs, maximumQueued: 50)
            let leased = try await withThrowingTaskGroup(of: [JobID].self) { group in
                for worker in 0..<10 {
                    group.addTask {
                        try await store.lease(
                            worker: "w\(worker)", count: 7, until: Instant.future
                        ).map(\.id)
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            try requireEqual(leased.count, 50, "all are leased, none twice")
            try requireEqual(Set(leased), Set(jobs.map(\.id)), "they are the ones inserted")
        },
        JobStoreCheck("a heartbeat extends the worker's own leases and names them") { store in
            let mine = try await store.start(SampleJobs.job(0), worker: "a", until: Instant.past)
            let other = try await store.start(SampleJobs.job(1), worker: "b", until: Instant.past)
            let held = try await store.heartbeat(worker: "a", until: Instant.future)
            try requireEqual(held, [mine.id], "only its own are named")
            let reaped = try await store.reap(now: .now, worker: nil, maximumAttempts: 2)
            try requireEqual(reaped.map(\.id), [other.id], "only the other's lease has ended")
        },
        JobStoreCheck("a heartbeat leaves out what the worker no longer holds") { store in
            let ended = try await store.start(SampleJobs.job(0))
            _ = try await store.finish(
                ended.id, attempt: 1, worker: "w", result: SampleJobs.result(), at: .now)
            _ = try await store.start(SampleJobs.job(1), until: Instant.past)
            _ = try await store.reap(now: .now, worker: nil, maximumAttempts: 2)
            let held = try await store.heartbeat(worker: "w", until: Instant.future)
            try require(held.isEmpty, "one has finished, the other was taken back")
        },
    ]

    static let finishing: [JobStoreCheck] = [
        JobStoreCheck("a finished job has its result, byte for byte, and its end") { store in
            let job = try await store.start(SampleJobs.fullJob())
            let end = Instant.origin.advanced(bySeconds: 5)
            let held = try await store.finish(
                job.id, attempt: 1, worker: "w", result: SampleJobs.fullResult(), at: end)
            try require(held, "the attempt held the job")
            var expected = job
            expected.state = .finished
            expected.finishedAt = end
            expected.result = SampleJobs.fullResult()
            try requireEqual(try await store.present(job.id), expected, "all else is as it was")
        },
        JobStoreCheck("an attempt that no longer holds the job can't finish it") { store in
            let job = try await store.start(SampleJobs.job(), until: Instant.past)
            let early = try await store.finish(
                JobID(), attempt: 1, worker: "w", result: SampleJobs.result(), at: .now)
            try require(!early, "there is no such job")
            _ = try await store.reap(now: .now, worker: nil, maximumAttempts: 2)
            let queued = try await store.finish(
                job.id, attempt: 1, worker: "w", result: SampleJobs.result(), at: .now)
            try require(!queued, "it is queued again")
            _ = try await store.lease(worker: "w", count: 1, until: Instant.future)
            let old = try await store.finish(
                job.id, attempt: 1, worker: "w", result: SampleJobs.result(exitCode: 1), at: .now)
            try require(!old, "the attempt is an old one")
            let foreign = try await store.finish(
                job.id, attempt: 2, worker: "v", result: SampleJobs.result(exitCode: 2), at: .now)
            try require(!foreign, "the worker is another")
            let held = try await store.finish(
                job.id, attempt: 2, worker: "w", result: SampleJobs.result(exitCode: 3), at: .now)
            try require(held, "this one holds it")
            let again = try await store.finish(
                job.id, attempt: 2, worker: "w", result: SampleJobs.result(exitCode: 4), at: .now)
            try require(!again, "it has finished")
            try requireEqual(
                try await store.present(job.id).result?.exitCode, 3, "no result but one was kept")
        },
    ]
}

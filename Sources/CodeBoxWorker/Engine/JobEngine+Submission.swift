package import CodeBoxCore
import CodeBoxJobs
import CodeBoxSandbox
import Synchronization

extension JobEngine {
    package func submit(_ spec: JobSpec, waiting seconds: Double?)
        async throws(CodeBoxError) -> Job
    {
        guard let seconds, seconds > 0 else { return try await submit(spec, .now) }
        // Its client hears of the job when its end is stored, or the wait is over: one sync will do. But
        // what must not start twice is to be known to have started.
        let accepted = try await submit(spec, spec.atMostOnce ? .now : .later)
        let job = try await wait(for: accepted.id, seconds: seconds)
        if job.state != .finished { try await store.flush() }
        return job
    }

    private func submit(_ spec: JobSpec, _ durability: Durability) async throws(CodeBoxError) -> Job
    {
        let accepted = ContinuousClock.now
        try checkOpen()
        var spec = spec
        spec.runtime = try plan(spec).reference
        let job = Job(id: JobID(), spec: spec)
        board.accept(job.id, at: accepted)
        do throws(CodeBoxError) {
            if let begun = try await begin(job, durability) { return begun }
            try await store.insert([job], maximumQueued: options.maximumQueued)
        } catch {
            board.withdraw(job.id)
            throw error
        }
        wakeUp.yield()
        return job
    }

    /// Stores a job as one that runs, if a slot is free for it this moment: that is one commit where
    /// queueing and leasing it would be two. While anybody stands in line no slot is free, so it
    /// overtakes nobody who does.
    /// - Returns: nil if it has to be queued.
    private func begin(_ job: Job, _ durability: Durability) async throws(CodeBoxError) -> Job? {
        guard isServing.load(ordering: .acquiring), runner.isAvailable,
            !wardenPause.withLock({ $0.holds }), slots.takeFree(upTo: 1) == 1
        else { return nil }
        running.willLease()
        do throws(CodeBoxError) {
            let begun = try await store.insertLeased(
                job, worker: options.workerName, until: leaseEnd(), durability: durability)
            for run in running.leased([begun]) { handOver.yield(run) }
            return begun
        } catch {
            _ = running.leased([])
            slots.release()
            throw error
        }
    }

    /// Runs the jobs that were stored as running, until the stream of them ends.
    func runBegunJobs() async {
        await withDiscardingTaskGroup { jobs in
            for await (job, event) in handedOver {
                jobs.addTask { await self.attempt(job, event) }
            }
        }
    }
}

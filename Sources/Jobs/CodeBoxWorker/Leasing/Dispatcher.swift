import CodeBoxCore
import CodeBoxJobs
import CodeBoxSandbox
import Logging
import Synchronization

/// Gives free slots to stored jobs. It leases queued jobs, and takes over jobs that were stored as
/// running because a slot was free when they came.
final class Dispatcher: Sendable {
    private static let largestLease = 64

    private let store: any JobStore
    private let runner: any SandboxRunner
    private let attempts: StoredAttempts
    private let slots: SlotLine
    private let running: RunRegistry
    private let wardenPause: WardenPause
    private let shutdown: Shutdown
    private let options: JobEngine.Options
    private let logger: Logger

    /// Says that the queue may hold jobs. Wake-ups that come before the dispatcher looks count as
    /// one.
    private let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation
    /// Jobs that were stored as running, on their way to be run.
    private let handedOver: AsyncStream<LeasedRun>
    private let handOver: AsyncStream<LeasedRun>.Continuation
    private let serving = Atomic(false)

    init(
        store: any JobStore, runner: any SandboxRunner, attempts: StoredAttempts, slots: SlotLine,
        running: RunRegistry, wardenPause: WardenPause, shutdown: Shutdown,
        options: JobEngine.Options, logger: Logger
    ) {
        self.store = store
        self.runner = runner
        self.attempts = attempts
        self.slots = slots
        self.running = running
        self.wardenPause = wardenPause
        self.shutdown = shutdown
        self.options = options
        self.logger = logger
        (handedOver, handOver) = AsyncStream.makeStream()
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Jobs are being run; what an earlier server left has been recovered.
    var isServing: Bool { serving.load(ordering: .acquiring) }

    /// Has the dispatcher look for queued jobs.
    func wake() {
        wakeUp.yield()
    }

    /// Leases no more jobs. ``run()`` returns when the last one has ended.
    func stop() {
        wakeUp.finish()
    }

    /// Stores a job as running and has it run, if a slot is free for it at this moment. That is one
    /// commit instead of two for queueing and leasing. No slot is free while anything waits for
    /// one, so the job overtakes nothing.
    /// - Returns: the running job; nil if it must be queued.
    func begin(_ job: Job, _ plan: JobPlan, _ durability: Durability) async throws(CodeBoxError)
        -> Job?
    {
        guard isServing, runner.isAvailable, !wardenPause.holds, slots.takeFree(upTo: 1) == 1
        else { return nil }
        do throws(CodeBoxError) {
            let runs = try await running.leasing { () async throws(CodeBoxError) in
                let begun = try await store.insertLeased(
                    job, worker: options.workerName, until: options.leaseEnd,
                    durability: durability)
                return [begun]
            }
            for var run in runs {
                run.plan = plan
                handOver.yield(run)
            }
            return runs.first?.job
        } catch {
            slots.release()
            throw error
        }
    }

    /// Runs stored jobs until ``stop()``, and until the last of them has ended.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.runBegunJobs() }
            serving.store(true, ordering: .releasing)
            await runQueuedJobs()
            serving.store(false, ordering: .releasing)
            await running.drained()
            handOver.finish()
        }
    }

    private func runBegunJobs() async {
        await withDiscardingTaskGroup { jobs in
            for await run in handedOver {
                jobs.addTask { await self.attempts.carryOut(run) }
            }
        }
    }

    private func runQueuedJobs() async {
        await withDiscardingTaskGroup { jobs in
            var backoff = options.retryBackoff
            for await _ in wakeUps {
                var mayHoldMore = true
                while mayHoldMore, !shutdown.hasBegun, !Task.isCancelled {
                    do throws(CodeBoxError) {
                        mayHoldMore = try await lease(&jobs)
                        backoff = options.retryBackoff
                    } catch {
                        logger.error(
                            "can't lease jobs; trying again", metadata: ["error": "\(error)"])
                        await shutdown.pause(backoff.pause())
                    }
                }
            }
        }
    }

    /// Starts as many queued jobs as there are free slots, after waiting for the first slot.
    /// - Returns: whether the queue may hold more.
    private func lease(_ jobs: inout DiscardingTaskGroup) async throws(CodeBoxError) -> Bool {
        await waitForWarden()
        guard try await slots.acquire(.stored) else { return false }
        // The wait for the slot may have taken a while.
        guard runner.isAvailable else {
            slots.release()
            return true
        }
        let count = 1 + slots.takeFree(upTo: Self.largestLease - 1)
        let leased: [LeasedRun]
        do throws(CodeBoxError) {
            leased = try await running.leasing { () async throws(CodeBoxError) in
                try await store.lease(
                    worker: options.workerName, count: count, until: options.leaseEnd)
            }
        } catch {
            slots.release(count)
            throw error
        }
        for run in leased {
            jobs.addTask { await self.attempts.carryOut(run) }
        }
        slots.release(count - leased.count)
        return leased.count == count
    }

    /// Returns when the warden is there and has not failed runs a short time ago, or at shutdown.
    private func waitForWarden() async {
        if let end = wardenPause.end, end > .now {
            await shutdown.pause(end - .now)
        }
        guard !runner.isAvailable, !shutdown.hasBegun else { return }
        logger.warning("queued jobs wait for the warden")
        let (runner, shutdown) = (runner, shutdown)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await runner.waitUntilAvailable() }
            group.addTask { _ = await shutdown.hasBegunToShutDown() }
            await group.next()
            group.cancelAll()
        }
    }
}

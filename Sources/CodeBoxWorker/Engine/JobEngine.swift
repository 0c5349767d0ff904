package import CodeBoxCore
package import CodeBoxJobs
package import CodeBoxRuntimes
package import CodeBoxSandbox
package import Logging
import Synchronization

/// Takes jobs in, runs them, and answers for them.
///
/// ``run()`` (a `Service`) leases stored jobs and runs them; without it they stay queued. A direct
/// ``run(_:)`` goes on in its caller's task. Both take their slots from one ``SlotLine``.
///
/// In a service group, list the engine after the HTTP server: groups shut down in reverse, and the
/// server is needed until the last job's client has its answer.
package final class JobEngine: JobService {
    let store: any JobStore
    let runner: any SandboxRunner
    let catalog: RuntimeCatalog
    let planner: JobPlanner
    let options: Options
    let logger: Logger

    let slots: SlotLine
    let board: JobBoard
    let running = RunRegistry()
    /// Wakes the dispatcher: the queue may hold something. Wake-ups that come before it looks are
    /// one.
    let wakeUps: AsyncStream<Void>
    let wakeUp: AsyncStream<Void>.Continuation
    /// Jobs that were stored as running, on their way to be run.
    let handedOver: AsyncStream<(job: Job, event: RunEvent)>
    let handOver: AsyncStream<(job: Job, event: RunEvent)>.Continuation
    /// The service runs jobs; what an earlier server left has been recovered.
    let isServing = Atomic(false)
    /// Shutdown has begun.
    let stopped = OneShot<Void>()
    /// Shutdown has taken as long as it may; what the store has not taken by now it won't get.
    let abandoned = OneShot<Void>()
    let wardenPause = Mutex(WardenPause())
    let counts = Mutex(RunCounts())
    let openBatches = Mutex(0)
    /// What the runner was told to keep warm; nil until the service runs.
    let warmPools = Mutex<[WarmPoolKey]?>(nil)

    package init(
        store: any JobStore, runner: any SandboxRunner, catalog: RuntimeCatalog,
        policy: LimitsPolicy = LimitsPolicy(), zygotes: ZygoteRule = ZygoteRule(), options: Options,
        logger: Logger
    ) {
        self.store = store
        self.runner = runner
        self.catalog = catalog
        planner = JobPlanner(catalog: catalog, policy: policy, zygotes: zygotes)
        self.options = options
        self.logger = logger
        slots = SlotLine(slots: options.slots, maximumWaiting: options.maximumWaitingRuns)
        board = JobBoard(maximumWatches: options.maximumWaits)
        (handedOver, handOver) = AsyncStream.makeStream()
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    package func job(_ id: JobID) async throws(CodeBoxError) -> Job {
        guard let job = try await store.job(id) else { throw CodeBoxError.noSuchJob(id) }
        return job
    }

    package func wait(for id: JobID, seconds: Double) async throws(CodeBoxError) -> Job {
        guard seconds > 0 else { return try await job(id) }
        let watch = try board.watch(id)
        defer { board.leave(watch) }
        if !watch.isPending {
            let job = try await job(id)
            if job.state == .finished { return job }
        }
        if let finished = await watch.finished.value(within: .seconds(seconds)) ?? nil {
            return finished
        }
        return try await job(id)
    }

    package func list(_ query: JobQuery) async throws(CodeBoxError) -> JobPage {
        var query = query
        // Jobs are stored under their runtime's own name; a filter may use an alias.
        if let reference = query.runtime, let runtime = try? catalog.resolve(reference) {
            query.runtime = runtime.manifest.name + reference.drop { $0 != ":" }
        }
        return try await store.list(query)
    }

    package func cancel(_ id: JobID) async throws(CodeBoxError) -> Job {
        let job = try await store.cancel(id)
        if job.state == .finished {
            board.post(job)
        } else {
            running.cancel(id)
        }
        return job
    }

    package func runtimes() -> [RuntimeSummary] {
        catalog.list().map { runtime in
            RuntimeSummary(
                name: runtime.manifest.name, version: runtime.manifest.version,
                aliases: runtime.manifest.aliases, digest: runtime.identity.digest,
                entrypoint: runtime.manifest.entrypoint,
                hasZygote: planner.hasZygote(runtime.manifest),
                limits: planner.defaultLimits(of: runtime.manifest),
                ceiling: planner.policy.ceiling)
        }
    }

    package func readiness() async -> [ReadinessCheck] {
        var checks: [ReadinessCheck] = []
        do throws(CodeBoxError) {
            _ = try await store.counts()
            checks.append(ReadinessCheck(name: "store", isReady: true))
        } catch {
            checks.append(ReadinessCheck(name: "store", isReady: false, detail: error.message))
        }
        let hasWarden = runner.isAvailable
        checks.append(
            ReadinessCheck(
                name: "warden", isReady: hasWarden,
                detail: hasWarden ? "" : "the warden does not answer; it is being restarted"))
        let problems = catalog.damaged().map(\.message)
        let hasRuntimes = !catalog.list().isEmpty
        checks.append(
            ReadinessCheck(
                name: "runtimes", isReady: hasRuntimes,
                detail: hasRuntimes || !problems.isEmpty
                    ? problems.joined(separator: "; ")
                    : "no runtime is built; run: codebox runtime build"))
        let isOpen = stopped.fired == nil
        checks.append(
            ReadinessCheck(
                name: "intake", isReady: isOpen,
                detail: isOpen ? "" : "CodeBox is shutting down; send jobs to another server"))
        return checks
    }

    func checkOpen() throws(CodeBoxError) {
        if stopped.fired != nil {
            throw CodeBoxError(.shuttingDown, "CodeBox is shutting down; try again when it is back")
        }
    }
}

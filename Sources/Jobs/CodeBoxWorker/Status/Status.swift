import CodeBoxCore
import CodeBoxJobs
import CodeBoxRuntimes
import CodeBoxSandbox

/// Answers for the state of the server: runtimes, metrics, readiness.
struct Status: StatusService {
    private let store: any JobStore
    private let runner: any SandboxRunner
    private let catalog: RuntimeCatalog
    private let planning: Planning
    private let slots: SlotLine
    private let counter: RunCounter
    private let shutdown: Shutdown
    private let slotCount: Int

    init(
        store: any JobStore, runner: any SandboxRunner, catalog: RuntimeCatalog,
        planning: Planning, slots: SlotLine, counter: RunCounter, shutdown: Shutdown,
        options: JobEngine.Options
    ) {
        self.store = store
        self.runner = runner
        self.catalog = catalog
        self.planning = planning
        self.slots = slots
        self.counter = counter
        self.shutdown = shutdown
        slotCount = options.slots
    }

    func runtimes() -> [RuntimeSummary] {
        catalog.list().map { runtime in
            RuntimeSummary(
                name: runtime.manifest.name, version: runtime.manifest.version,
                aliases: runtime.manifest.aliases, digest: runtime.identity.digest,
                entrypoint: runtime.manifest.entrypoint,
                hasZygote: planning.hasZygote(runtime.manifest),
                limits: planning.defaultLimits(of: runtime.manifest), ceiling: planning.ceiling)
        }
    }

    // MARK: Readiness

    func readiness() async -> [ReadinessCheck] {
        [await storeCheck(), wardenCheck(), runtimesCheck(), intakeCheck()]
    }

    private func storeCheck() async -> ReadinessCheck {
        do throws(CodeBoxError) {
            _ = try await store.counts()
            return ReadinessCheck(name: "store", isReady: true)
        } catch {
            return ReadinessCheck(name: "store", isReady: false, detail: error.message)
        }
    }

    private func wardenCheck() -> ReadinessCheck {
        let hasWarden = runner.isAvailable
        return ReadinessCheck(
            name: "warden", isReady: hasWarden,
            detail: hasWarden ? "" : "the warden does not answer; it is being restarted")
    }

    private func runtimesCheck() -> ReadinessCheck {
        let problems = catalog.damaged().map(\.message)
        let hasRuntimes = !catalog.list().isEmpty
        return ReadinessCheck(
            name: "runtimes", isReady: hasRuntimes,
            detail: hasRuntimes || !problems.isEmpty
                ? problems.joined(separator: "; ")
                : "no runtime is built; run: codebox runtime build")
    }

    private func intakeCheck() -> ReadinessCheck {
        let isOpen = !shutdown.hasBegun
        return ReadinessCheck(
            name: "intake", isReady: isOpen,
            detail: isOpen ? "" : "CodeBox is shutting down; send jobs to another server")
    }

    // MARK: Metrics

    func metrics() async -> ServiceMetrics {
        var metrics = ServiceMetrics()
        metrics.runs = counter.counts
        metrics.slots.total = slotCount
        metrics.slots.free = slots.free
        metrics.slots.waitingDirect = slots.waitingCount(.direct)
        metrics.slots.waitingBatch = slots.waitingCount(.batch)
        metrics.isWardenAvailable = runner.isAvailable
        metrics.storedJobs = (try? await store.counts()) ?? [:]
        let statistics = await runner.statistics()
        metrics.warmRuns = statistics.warmRuns
        metrics.coldRuns = statistics.coldRuns
        metrics.forkedRuns = statistics.forkedRuns
        metrics.zygoteFallbacks = statistics.zygoteFallbacks
        metrics.zygoteStarts = statistics.zygoteStarts
        metrics.zygoteFailures = statistics.zygoteFailures
        metrics.zygotesRestless = statistics.zygotesRestless
        metrics.pools = pools(statistics)
        return metrics
    }

    /// One entry for each image and zygote. Pools that differ only in their limits are added up, so
    /// that the limits of clients can't make any number of time series.
    private func pools(_ statistics: WarmPoolStatistics) -> [ServiceMetrics.Pool] {
        let names = Dictionary(
            catalog.list().map { ($0.identity.digest, $0.manifest.name) }
        ) { first, _ in first }
        var pools: [ServiceMetrics.Pool] = []
        for one in statistics.pools {
            let zygote = one.zygote?.rawValue ?? "none"
            let found = pools.firstIndex { $0.image == one.image && $0.zygote == zygote }
            let index = found ?? pools.endIndex
            if found == nil {
                pools.append(
                    ServiceMetrics.Pool(
                        runtime: names[one.image] ?? "", image: one.image, zygote: zygote))
            }
            pools[index].waiting += one.waiting
            pools[index].making += one.making
            pools[index].target += one.target
            pools[index].memoryBytes += one.memoryBytes
            pools[index].isZygoteUp = pools[index].isZygoteUp || one.isZygoteUp
        }
        return pools.sorted {
            ($0.runtime, $0.image, $0.zygote) < ($1.runtime, $1.image, $1.zygote)
        }
    }
}

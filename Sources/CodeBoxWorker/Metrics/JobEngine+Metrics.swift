import CodeBoxCore
import CodeBoxJobs
import CodeBoxRuntimes
import CodeBoxSandbox
import Synchronization

extension JobEngine {
    package func metrics() async -> ServiceMetrics {
        var metrics = ServiceMetrics()
        metrics.runs = counts.withLock { $0 }
        metrics.slots.total = options.slots
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
        metrics.pools = pools(statistics)
        return metrics
    }

    /// One for each image and zygote: pools that differ only in their limits are summed up, so that
    /// clients' limits can't make any number of time series.
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

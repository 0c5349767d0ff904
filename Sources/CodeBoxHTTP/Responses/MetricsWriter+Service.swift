import CodeBoxCore
import CodeBoxWorker

extension MetricsWriter {
    mutating func service(_ metrics: ServiceMetrics, connections: Int, version: String) {
        metric("build_info", .gauge, "Always 1; the label tells the version.")
        sample(1, [("version", version)])
        metric("warden_up", .gauge, "Whether the warden answers.")
        sample(metrics.isWardenAvailable ? 1 : 0)
        metric("connections", .gauge, "Clients' connections that are open.")
        sample(connections)
        runs(metrics.runs)
        slots(metrics.slots)
        metric("jobs", .gauge, "Jobs in the store, by state.")
        for state in JobState.allCases {
            guard let jobs = metrics.storedJobs[state] else { continue }
            sample(jobs, [("state", state.rawValue)])
        }
        sandboxes(metrics)
        pools(metrics.pools)
    }

    private mutating func runs(_ runs: RunCounts) {
        metric("runs_total", .counter, "Programs that ended, by where they came from and how.")
        for source in JobSource.allCases {
            for outcome in Outcome.allCases {
                guard let count = runs.endings[.init(source: source, outcome: outcome)] else {
                    continue
                }
                sample(count, [("kind", source.rawValue), ("outcome", outcome.rawValue)])
            }
        }
        metric("run_failures_total", .counter, "Programs that CodeBox could not run, by error.")
        for (code, count) in runs.failures.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            sample(count, [("code", code.rawValue)])
        }
        metric("batches_total", .counter, "Batches that were let in.")
        sample(runs.batches)
        metric(
            "run_seconds", .histogram,
            "Where programs' time went, by phase; the phases follow one another.")
        for phase in RunCounts.Phase.allCases {
            let histogram = runs.histogram(phase)
            self.histogram(
                histogram.counts, bounds: Histogram.bounds, sum: histogram.sumSeconds,
                [("phase", phase.rawValue)])
        }
    }

    private mutating func slots(_ slots: ServiceMetrics.Slots) {
        metric("slots", .gauge, "Programs that may run at one time.")
        sample(slots.total)
        metric("slots_free", .gauge, "Slots that nobody has.")
        sample(slots.free)
        metric("slots_waiting", .gauge, "Programs in line for a slot; stored jobs apart.")
        sample(slots.waitingDirect, [("kind", JobSource.direct.rawValue)])
        sample(slots.waitingBatch, [("kind", JobSource.batch.rawValue)])
    }

    private mutating func sandboxes(_ metrics: ServiceMetrics) {
        metric("runs_warm_total", .counter, "Runs that found a waiting sandbox.")
        sample(metrics.warmRuns)
        metric("runs_cold_total", .counter, "Runs for which a sandbox had to be made.")
        sample(metrics.coldRuns)
        metric("runs_forked_total", .counter, "Runs in an interpreter forked from a zygote.")
        sample(metrics.forkedRuns)
        metric(
            "zygote_fallbacks_total", .counter,
            "Runs that started an interpreter because their zygote could not fork one.")
        sample(metrics.zygoteFallbacks)
        metric("zygote_starts_total", .counter, "Zygotes that were started.")
        sample(metrics.zygoteStarts)
        metric("zygote_failures_total", .counter, "Zygotes that died or could not start.")
        sample(metrics.zygoteFailures)
    }

    private mutating func pools(_ pools: [ServiceMetrics.Pool]) {
        gauge("pool_waiting", "Sandboxes that wait for a program.", pools, \.waiting)
        gauge("pool_making", "Sandboxes that are being made for the pool.", pools, \.making)
        gauge("pool_target", "Sandboxes that shall wait.", pools, \.target)
        gauge("pool_memory_bytes", "Memory that waiting sandboxes take.", pools, \.memoryBytes)
        metric("pool_zygote_up", .gauge, "Whether the pool's zygote can fork.")
        for pool in pools where pool.zygote != "none" {
            sample(pool.isZygoteUp ? 1 : 0, Self.labels(of: pool))
        }
    }

    private mutating func gauge(
        _ name: String, _ help: String, _ pools: [ServiceMetrics.Pool],
        _ value: KeyPath<ServiceMetrics.Pool, Int>
    ) {
        metric(name, .gauge, help)
        for pool in pools { sample(pool[keyPath: value], Self.labels(of: pool)) }
    }

    private static func labels(of pool: ServiceMetrics.Pool) -> [(String, String)] {
        [
            ("runtime", pool.runtime), ("image", String(pool.image.prefix(12))),
            ("zygote", pool.zygote),
        ]
    }
}

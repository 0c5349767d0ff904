import CodeBoxCore
import CodeBoxWorker

extension ServiceMetrics {
    var families: [MetricFamily] {
        [
            MetricFamily(
                "warden_up", .gauge, "Whether the warden answers.", isWardenAvailable ? 1 : 0)
        ]
            + runs.families + slots.families
            + [
                MetricFamily(
                    "jobs", .gauge, "Jobs in the store, by state.",
                    JobState.allCases.compactMap { state in
                        storedJobs[state].map { .init($0, ["state": state.rawValue]) }
                    }),
                MetricFamily(
                    "runs_warm_total", .counter, "Runs that found an idle sandbox.", warmRuns),
                MetricFamily(
                    "runs_cold_total", .counter, "Runs for which a sandbox had to be made.",
                    coldRuns),
                MetricFamily(
                    "runs_forked_total", .counter, "Runs in an interpreter forked from a zygote.",
                    forkedRuns),
                MetricFamily(
                    "zygote_fallbacks_total", .counter,
                    "Runs that started an interpreter because their zygote could not fork one.",
                    zygoteFallbacks),
                MetricFamily(
                    "zygote_starts_total", .counter, "Zygotes that were started.", zygoteStarts),
                MetricFamily(
                    "zygote_failures_total", .counter, "Zygotes that died or could not start.",
                    zygoteFailures),
                MetricFamily(
                    "zygote_restless_total", .counter,
                    "Zygotes whose small programs wake threads of the interpreter.",
                    zygotesRestless),
            ] + Pool.families(of: pools)
    }
}

extension RunCounts {
    fileprivate var families: [MetricFamily] {
        [
            MetricFamily(
                "runs_total", .counter,
                "Programs that ended, by how they came to run and how they ended.",
                JobSource.allCases.flatMap { source in
                    Outcome.allCases.compactMap { outcome in
                        endings[.init(source: source, outcome: outcome)].map {
                            .init($0, ["kind": source.rawValue, "outcome": outcome.rawValue])
                        }
                    }
                }),
            MetricFamily(
                "run_failures_total", .counter, "Programs that CodeBox could not run, by error.",
                failures.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                    .init($0.value, ["code": $0.key.rawValue])
                }),
            MetricFamily("batches_total", .counter, "Batches that were admitted.", batches),
            MetricFamily(
                "run_seconds", .histogram,
                "How long runs took, by phase; the phases follow one another.",
                Phase.allCases.map { phase in
                    let histogram = histogram(phase)
                    return .init(
                        .histogram(
                            counts: histogram.counts, bounds: Histogram.bounds,
                            sum: histogram.sumSeconds), ["phase": phase.rawValue])
                }),
        ]
    }
}

extension ServiceMetrics.Slots {
    fileprivate var families: [MetricFamily] {
        [
            MetricFamily("slots", .gauge, "Programs that may run at one time.", total),
            MetricFamily("slots_free", .gauge, "Slots that are free.", free),
            MetricFamily(
                "slots_waiting", .gauge, "Programs in line for a slot, without stored jobs.",
                [
                    .init(waitingDirect, ["kind": JobSource.direct.rawValue]),
                    .init(waitingBatch, ["kind": JobSource.batch.rawValue]),
                ]),
        ]
    }
}

extension ServiceMetrics.Pool {
    fileprivate static func families(of pools: [ServiceMetrics.Pool]) -> [MetricFamily] {
        func gauge(_ name: String, _ help: String, _ value: (Self) -> Int?) -> MetricFamily {
            MetricFamily(
                name, .gauge, help,
                pools.compactMap { pool in
                    value(pool).map {
                        .init(
                            $0,
                            [
                                "runtime": pool.runtime, "image": String(pool.image.prefix(12)),
                                "zygote": pool.zygote,
                            ])
                    }
                })
        }
        return [
            gauge("pool_waiting", "Idle sandboxes.", \.waiting),
            gauge("pool_making", "Sandboxes that are being made for the pool.", \.making),
            gauge("pool_target", "Sandboxes that should be idle.", \.target),
            gauge("pool_memory_bytes", "Memory of idle sandboxes.", \.memoryBytes),
            gauge("pool_zygote_up", "Whether the pool's zygote can fork.") {
                $0.zygote == "none" ? nil : $0.isZygoteUp ? 1 : 0
            },
        ]
    }
}

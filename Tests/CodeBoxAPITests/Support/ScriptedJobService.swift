import CodeBoxCore
import CodeBoxJobs
import CodeBoxWorker
import Synchronization

/// Services that keep their promises as the real ones do (checks, states, errors), but whose
/// programs end as a test says.
final class ScriptedJobService: RunService, JobService, StatusService {
    typealias Program = @Sendable (Job) async throws(CodeBoxError) -> JobResult

    struct State {
        var jobs: [JobID: Job] = [:]
        var specs: [JobSpec] = []
        /// Of each spec.
        var principals: [Principal] = []
        var queries: [JobQuery] = []
        var waits: [Double] = []
    }

    private let state = Mutex(State())
    private let program: Program
    private let failure: CodeBoxError?
    private let checks: [ReadinessCheck]

    /// - Parameters:
    ///   - failure: what every call throws.
    ///   - program: what a job's program does; runs inside ``run(_:for:until:)`` and
    ///     ``wait(for:seconds:until:)``.
    init(
        failure: CodeBoxError? = nil,
        checks: [ReadinessCheck] = [
            ReadinessCheck(name: "store", isReady: true),
            ReadinessCheck(name: "warden", isReady: true),
        ],
        program: @escaping Program = { _ in .printed("hello\n") }
    ) {
        self.failure = failure
        self.checks = checks
        self.program = program
    }

    /// All that it keeps and was asked for.
    var seen: State { state.withLock { $0 } }

    private func accept(_ spec: JobSpec, _ principal: Principal) throws(CodeBoxError) -> Job {
        if let failure { throw failure }
        try spec.validate()
        _ = try LimitsPolicy().resolve(request: spec.limits, runtimeDefaults: LimitsRequest())
        state.withLock { state in
            state.specs.append(spec)
            state.principals.append(principal)
        }
        return Job(id: JobID(), spec: spec)
    }

    func submit(
        _ spec: JobSpec, for principal: Principal, waiting seconds: Double?, until stop: StopSignal
    ) async throws(CodeBoxError) -> Job {
        let job = try accept(spec, principal)
        keep(job)
        guard let seconds else { return job }
        return try await wait(for: job.id, seconds: seconds, until: stop)
    }

    func run(_ spec: JobSpec, for principal: Principal, until stop: StopSignal)
        async throws(CodeBoxError) -> Job
    {
        try await end(accept(spec, principal), until: stop)
    }

    /// Runs the job's program until it ends or the signal fires.
    private func end(_ job: Job, until stop: StopSignal) async throws(CodeBoxError) -> Job {
        let program = program
        let task = Task { () -> Result<JobResult, CodeBoxError> in
            do throws(CodeBoxError) {
                return .success(try await program(job))
            } catch {
                return .failure(error)
            }
        }
        let listener = stop.onFire { task.cancel() }
        defer { stop.remove(listener) }
        return job.finished(try await task.value.get())
    }

    func admitBatch() throws(CodeBoxError) -> BatchPass {
        if let failure { throw failure }
        return BatchPass()
    }

    /// Four at a time.
    func run(
        _ specs: [JobSpec], for principal: Principal, with pass: BatchPass, until stop: StopSignal,
        deliver: (Int, Result<Job, CodeBoxError>) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, Result<Job, CodeBoxError>).self) { group in
            var rest = specs.enumerated().makeIterator()
            func start() {
                guard !stop.hasFired, let (index, spec) = rest.next() else { return }
                group.addTask {
                    do throws(CodeBoxError) {
                        return (
                            index, .success(try await self.run(spec, for: principal, until: stop))
                        )
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for _ in 0..<4 { start() }
            for try await (index, result) in group where !stop.hasFired {
                try await deliver(index, result)
                start()
            }
        }
    }

    func metrics() async -> ServiceMetrics {
        var metrics = ServiceMetrics()
        for job in seen.jobs.values {
            if let result = job.result { metrics.runs.add(result, .stored) }
        }
        metrics.slots.total = 4
        metrics.storedJobs = [.queued: 2]
        metrics.pools = [
            ServiceMetrics.Pool(
                runtime: "py\"thon", image: RuntimeIdentity.sample.digest, zygote: "python",
                waiting: 3, memoryBytes: 4096, isZygoteUp: true)
        ]
        return metrics
    }

    func job(_ id: JobID) async throws(CodeBoxError) -> Job {
        if let failure { throw failure }
        guard let job = state.withLock({ $0.jobs[id] }) else {
            throw CodeBoxError(.jobNotFound, "There is no job \(id).")
        }
        return job
    }

    func wait(for id: JobID, seconds: Double, until stop: StopSignal)
        async throws(CodeBoxError) -> Job
    {
        state.withLock { $0.waits.append(seconds) }
        let job = try await job(id)
        guard seconds > 0, job.state != .finished else { return job }
        let finished = try await end(job, until: stop)
        keep(finished)
        return finished
    }

    func list(_ query: JobQuery) async throws(CodeBoxError) -> JobPage {
        if let failure { throw failure }
        return state.withLock { state in
            state.queries.append(query)
            let jobs = state.jobs.values.sorted { $0.id > $1.id }
            return JobPage(
                jobs: Array(jobs.prefix(query.limit)), next: jobs.dropFirst(query.limit).first?.id)
        }
    }

    func cancel(_ id: JobID) async throws(CodeBoxError) -> Job {
        var job = try await job(id)
        switch job.state {
        case .finished: throw CodeBoxError(.jobFinished, "Job \(id) has finished.")
        case .queued: job = job.finished(JobResult(outcome: .canceled))
        case .running: job.cancelRequested = true
        }
        keep(job)
        return job
    }

    func runtimes() -> [RuntimeSummary] {
        [
            RuntimeSummary(
                name: "python", version: "3.13.5", aliases: ["py"],
                digest: RuntimeIdentity.sample.digest, entrypoint: "main.py", limits: .standard,
                ceiling: .standardCeiling)
        ]
    }

    func readiness() async -> [ReadinessCheck] {
        checks
    }

    func keep(_ job: Job) {
        state.withLock { $0.jobs[job.id] = job }
    }
}

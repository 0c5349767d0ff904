import CodeBoxCore
import CodeBoxJobs
import CodeBoxRuntimes
import CodeBoxSandbox

/// Takes in jobs that are stored, and answers for them.
final class StoredJobs<Gate: Admission>: JobService {
    private let store: any JobStore
    private let events: any JobEvents
    private let catalog: RuntimeCatalog
    private let intake: Intake<Gate>
    private let board: JobBoard
    private let dispatcher: Dispatcher
    private let maximumQueued: Int

    init(
        store: any JobStore, events: any JobEvents, catalog: RuntimeCatalog, intake: Intake<Gate>,
        board: JobBoard, dispatcher: Dispatcher, options: JobEngine.Options
    ) {
        self.store = store
        self.events = events
        self.catalog = catalog
        self.intake = intake
        self.board = board
        self.dispatcher = dispatcher
        maximumQueued = options.maximumQueued
    }

    func submit(
        _ spec: JobSpec, for principal: Principal, waiting seconds: Double?, until stop: StopSignal
    ) async throws(CodeBoxError) -> Job {
        guard let seconds, seconds > 0 else { return try await submit(spec, for: principal, .now) }
        // The client gets no answer before the job's end is stored or the wait is over, so the
        // insert can share the fsync of the result. The start of an at-most-once job must be
        // durable first.
        let accepted = try await submit(spec, for: principal, spec.atMostOnce ? .now : .later)
        let job = try await wait(for: accepted.id, seconds: seconds, until: stop)
        if job.state != .finished { try await store.flush() }
        return job
    }

    private func submit(_ spec: JobSpec, for principal: Principal, _ durability: Durability)
        async throws(CodeBoxError) -> Job
    {
        let accepted = ContinuousClock.now
        var spec = spec
        let plan = try intake.take(&spec, from: principal, as: .stored)
        let job = Job(id: JobID(), spec: spec)
        board.accept(job.id, at: accepted)
        do throws(CodeBoxError) {
            if let begun = try await dispatcher.begin(job, plan, durability) { return begun }
            try await store.insert([job], maximumQueued: maximumQueued)
        } catch {
            board.withdraw(job.id)
            throw error
        }
        events.publish(.available)
        return job
    }

    func job(_ id: JobID) async throws(CodeBoxError) -> Job {
        guard let job = try await store.job(id) else { throw CodeBoxError.noSuchJob(id) }
        return job
    }

    func wait(for id: JobID, seconds: Double, until stop: StopSignal)
        async throws(CodeBoxError) -> Job
    {
        guard seconds > 0 else { return try await job(id) }
        let watch = try board.watch(id)
        defer { board.leave(watch) }
        if !watch.isPending {
            let job = try await job(id)
            if job.state == .finished { return job }
        }
        let end = await watch.finished.value(within: .seconds(seconds), until: stop)
        if let finished = end ?? nil { return finished }
        return try await job(id)
    }

    func list(_ query: JobQuery) async throws(CodeBoxError) -> JobPage {
        var query = query
        // Jobs are stored under the runtime's own name; a filter may use an alias.
        if let reference = query.runtime, let runtime = try? catalog.resolve(reference) {
            query.runtime = runtime.manifest.name + reference.drop { $0 != ":" }
        }
        return try await store.list(query)
    }

    func cancel(_ id: JobID) async throws(CodeBoxError) -> Job {
        let job = try await store.cancel(id)
        events.publish(job.state == .finished ? .finished(id, job: job) : .canceled(id))
        return job
    }
}

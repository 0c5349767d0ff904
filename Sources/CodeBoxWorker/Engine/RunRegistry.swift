import CodeBoxCore
import Synchronization

/// The programs that run now, and the means to interrupt them.
final class RunRegistry: Sendable {
    private struct State {
        var runs: [Attempt: RunEvent] = [:]
        /// Leases asked of the store and not yet answered.
        var leases = 0
        /// Jobs that the store calls running and that are not here yet: their lease is on its way.
        var canceledEarly: Set<JobID> = []
        var isClosed = false

        /// Nothing runs, nothing is on its way, and nothing comes any more.
        var isDone: Bool { isClosed && runs.isEmpty && leases == 0 }
    }

    private let state = Mutex(State())
    private let empty = OneShot<Void>()

    var attempts: Set<Attempt> { state.withLock { Set($0.runs.keys) } }

    /// Registers a direct run; nil when the registry is closed.
    func register(_ attempt: Attempt) -> RunEvent? {
        state.withLock { state in
            guard !state.isClosed else { return nil }
            let event = RunEvent()
            state.runs[attempt] = event
            return event
        }
    }

    /// To be called before the store is asked for a lease, and ``leased(_:)`` after it: in between a
    /// job may run, as the store says, and be canceled, before anybody here knows of it.
    func willLease() {
        state.withLock { $0.leases += 1 }
    }

    /// Registers leased jobs, closed or not: whoever leased must see them through.
    func leased(_ jobs: [Job]) -> [(job: Job, event: RunEvent)] {
        let (runs, isDone) = state.withLock { state in
            state.leases -= 1
            let runs = jobs.map { job in
                let event = RunEvent()
                if job.cancelRequested || state.canceledEarly.contains(job.id) {
                    event.fire(.canceled)
                }
                state.runs[Attempt(job)] = event
                return (job: job, event: event)
            }
            if state.leases == 0 { state.canceledEarly = [] }
            return (runs, state.isDone)
        }
        if isDone { empty.fire(()) }
        return runs
    }

    func remove(_ attempt: Attempt) {
        let isDone = state.withLock { state in
            state.runs[attempt] = nil
            return state.isDone
        }
        if isDone { empty.fire(()) }
    }

    /// Interrupts a job that the store says is running.
    func cancel(_ id: JobID) {
        let events = state.withLock { state in
            if state.leases > 0 { state.canceledEarly.insert(id) }
            return state.runs.filter { $0.key.id == id }.values.map { $0 }
        }
        for event in events { event.fire(.canceled) }
    }

    /// Interrupts attempts that lost their lease.
    func disown(_ attempts: some Sequence<Attempt>) {
        let events = state.withLock { state in attempts.compactMap { state.runs[$0] } }
        for event in events { event.fire(.leaseLost) }
    }

    func interruptAll(_ why: Interruption) {
        let events = state.withLock { Array($0.runs.values) }
        for event in events { event.fire(why) }
    }

    /// Lets no more direct runs in.
    func close() {
        let isDone = state.withLock { state in
            state.isClosed = true
            return state.isDone
        }
        if isDone { empty.fire(()) }
    }

    /// Returns when nothing runs any more, after ``close()``; or when the task is canceled.
    func drained() async {
        _ = await empty.value()
    }
}

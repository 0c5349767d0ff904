import CodeBoxCore
import Synchronization

/// The programs that run now, and the signals that end them.
final class RunRegistry: Sendable {
    private struct State {
        var runs: [Attempt: StopSignal] = [:]
        /// Leases that the store has been asked for and has not answered.
        var leases = 0
        /// Jobs that were canceled while a lease was under way. The store may call them running
        /// although they are not here yet.
        var canceledEarly: Set<JobID> = []
        var isClosed = false

        /// Nothing runs, no lease is under way, and nothing new is let in.
        var isDone: Bool { isClosed && runs.isEmpty && leases == 0 }
    }

    private let state = Mutex(State())
    private let empty = OneShot<Void>()

    var attempts: Set<Attempt> { state.withLock { Set($0.runs.keys) } }

    /// Registers a program that no store knows.
    /// - Returns: false, with nothing registered, once the registry is closed.
    func register(_ attempt: Attempt, _ stop: StopSignal) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.runs[attempt] = stop
            return true
        }
    }

    /// Leases jobs and registers them, whether the registry is closed or not: the worker that
    /// leased a job must see it through.
    ///
    /// While `lease` is under way, the store may call a job running that is not registered here. A
    /// job that is canceled in that time has its signal fired when it arrives.
    func leasing(_ lease: () async throws(CodeBoxError) -> [Job]) async throws(CodeBoxError)
        -> [LeasedRun]
    {
        state.withLock { $0.leases += 1 }
        do throws(CodeBoxError) {
            return endLease(try await lease())
        } catch {
            _ = endLease([])
            throw error
        }
    }

    private func endLease(_ jobs: [Job]) -> [LeasedRun] {
        let (runs, isDone) = state.withLock { state in
            state.leases -= 1
            let runs = jobs.map { job in
                let stop = StopSignal()
                if job.cancelRequested || state.canceledEarly.contains(job.id) {
                    stop.fire(.canceled)
                }
                state.runs[Attempt(job)] = stop
                return LeasedRun(job: job, stop: stop)
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

    /// Ends a job that the store calls running, if it runs here.
    func cancel(_ id: JobID) {
        let stops = state.withLock { state in
            if state.leases > 0 { state.canceledEarly.insert(id) }
            return state.runs.filter { $0.key.id == id }.values.map { $0 }
        }
        for stop in stops { stop.fire(.canceled) }
    }

    /// Ends attempts that lost their lease.
    func disown(_ attempts: some Sequence<Attempt>) {
        let stops = state.withLock { state in attempts.compactMap { state.runs[$0] } }
        for stop in stops { stop.fire(.leaseLost) }
    }

    /// Ends every program that runs.
    func stopAll(_ reason: StopSignal.Reason) {
        let stops = state.withLock { Array($0.runs.values) }
        for stop in stops { stop.fire(reason) }
    }

    /// Lets no more programs in that no store knows.
    func close() {
        let isDone = state.withLock { state in
            state.isClosed = true
            return state.isDone
        }
        if isDone { empty.fire(()) }
    }

    /// Returns when nothing runs any more after ``close()``, or when the task is canceled.
    func drained() async {
        _ = await empty.value()
    }
}

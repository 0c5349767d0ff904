import CodeBoxCore
import Synchronization

/// Where waiting clients learn that a job has finished.
///
/// The board also knows the jobs that this server accepted and that have not finished. A client
/// that waits for one of these does not need to ask the store first.
final class JobBoard: Sendable {
    /// A client's place at the board. Give it back with ``leave(_:)``.
    struct Watch: Sendable {
        let id: JobID
        fileprivate let ticket: Int
        /// The job is known not to have finished when the watch began.
        let isPending: Bool
        /// The finished job; nil when it finished elsewhere, or when the board is closed: the store
        /// then knows how the job stands.
        let finished: OneShot<Job?>
    }

    private struct State {
        var accepted: [JobID: ContinuousClock.Instant] = [:]
        var watches: [JobID: [Int: OneShot<Job?>]] = [:]
        var watchCount = 0
        var lastTicket = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let maximumWatches: Int

    init(maximumWatches: Int) {
        self.maximumWatches = maximumWatches
    }

    /// Notes a job that is about to be stored.
    func accept(_ id: JobID, at instant: ContinuousClock.Instant) {
        state.withLock { $0.accepted[id] = instant }
    }

    /// Forgets a job that could not be stored.
    func withdraw(_ id: JobID) {
        state.withLock { $0.accepted[id] = nil }
    }

    /// When this server accepted the job; nil if an earlier or another server did, or if the job
    /// has finished.
    func acceptedAt(_ id: JobID) -> ContinuousClock.Instant? {
        state.withLock { $0.accepted[id] }
    }

    /// Tells the waiting clients that a job has finished.
    /// - Parameter job: the finished job, if it is at hand.
    func post(_ id: JobID, _ job: Job?) {
        let watches = state.withLock { state in
            state.accepted[id] = nil
            let watches = state.watches.removeValue(forKey: id) ?? [:]
            state.watchCount -= watches.count
            return watches
        }
        for event in watches.values { event.fire(job) }
    }

    /// Begins to watch a job. To miss nothing, begin before looking the job up in the store.
    /// - Throws: `queueFull` if too many clients wait.
    func watch(_ id: JobID) throws(CodeBoxError) -> Watch {
        try state.withLock { state throws(CodeBoxError) in
            guard state.watchCount < maximumWatches else {
                throw CodeBoxError(
                    .queueFull,
                    "\(maximumWatches) clients wait for jobs, which is the maximum; ask without "
                        + "waiting")
            }
            state.lastTicket += 1
            let watch = Watch(
                id: id, ticket: state.lastTicket, isPending: state.accepted[id] != nil,
                finished: OneShot())
            if state.isClosed {
                watch.finished.fire(nil)
            } else {
                state.watches[id, default: [:]][watch.ticket] = watch.finished
                state.watchCount += 1
            }
            return watch
        }
    }

    func leave(_ watch: Watch) {
        state.withLock { state in
            guard state.watches[watch.id]?.removeValue(forKey: watch.ticket) != nil else { return }
            state.watchCount -= 1
            if state.watches[watch.id]?.isEmpty == true { state.watches[watch.id] = nil }
        }
    }

    /// Ends all waiting, now and later, because no job will finish here any more.
    func close() {
        let watches = state.withLock { state in
            state.isClosed = true
            defer {
                state.watches = [:]
                state.watchCount = 0
            }
            return state.watches.values.flatMap(\.values)
        }
        for event in watches { event.fire(nil) }
    }

    /// The number of clients that wait at this moment.
    var watchCount: Int { state.withLock { $0.watchCount } }
    /// The number of jobs that were accepted here and have not finished.
    var pendingCount: Int { state.withLock { $0.accepted.count } }
}

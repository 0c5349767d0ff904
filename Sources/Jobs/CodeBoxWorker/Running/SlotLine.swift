import CodeBoxCore
import Synchronization

/// The slots that programs run in, and the line of those that wait for one.
///
/// Each ``JobSource`` has a line of its own: direct runs wait each for itself, a batch with a few
/// of its programs, and the dispatcher for all stored jobs. The lines are served in turn, so that
/// none starves another.
final class SlotLine: Sendable {
    private typealias Waiter = OneShot<Bool>

    private struct State {
        var free: Int
        var direct: [Waiter] = []
        var batch: [Waiter] = []
        var stored: [Waiter] = []
        var servedLast = JobSource.stored
        var isClosed = false

        subscript(source: JobSource) -> [Waiter] {
            get {
                switch source {
                case .direct: direct
                case .batch: batch
                case .stored: stored
                }
            }
            set {
                switch source {
                case .direct: direct = newValue
                case .batch: batch = newValue
                case .stored: stored = newValue
                }
            }
        }

        /// Gives free slots to waiters.
        ///
        /// The waiters' events are fired while the state is locked: a waiter that is canceled at
        /// that moment must find itself either in line or with its answer, or its slot would be
        /// lost.
        mutating func serve() {
            while free > 0, let next = nextSource() {
                self[next].removeFirst().fire(true)
                servedLast = next
                free -= 1
            }
        }

        mutating func takeFree(for source: JobSource) -> Bool {
            guard free > 0, !isClosed else { return false }
            free -= 1
            servedLast = source
            return true
        }

        /// The first source in turn, after the one served last, that has a waiter.
        private func nextSource() -> JobSource? {
            var source = servedLast
            repeat {
                source = source.successor
                if !self[source].isEmpty { return source }
            } while source != servedLast
            return nil
        }
    }

    private enum Answer {
        case granted
        case refused
        case waits(Waiter)
    }

    private let state: Mutex<State>
    private let maximumWaiting: Int

    /// - Parameter maximumWaiting: the number of direct runs that may wait.
    init(slots: Int, maximumWaiting: Int) {
        state = Mutex(State(free: slots))
        self.maximumWaiting = maximumWaiting
    }

    /// Slots that are free.
    var free: Int { state.withLock { $0.free } }

    /// The number of waiters of all sources.
    var waitingCount: Int {
        state.withLock { $0.direct.count + $0.batch.count + $0.stored.count }
    }
    func waitingCount(_ source: JobSource) -> Int { state.withLock { $0[source].count } }

    /// Takes a slot as soon as it is this caller's turn.
    /// - Parameter stop: ends the wait when it fires.
    /// - Returns: false, without a slot, when the line is closed, `stop` fires or the task is
    ///   canceled.
    /// - Throws: `queueFull` if too many direct runs wait.
    func acquire(_ source: JobSource, until stop: StopSignal? = nil) async throws(CodeBoxError)
        -> Bool
    {
        let answer = try state.withLock { state throws(CodeBoxError) -> Answer in
            if state.isClosed { return .refused }
            if state.takeFree(for: source) { return .granted }
            guard source != .direct || state[source].count < maximumWaiting else {
                throw CodeBoxError(
                    .queueFull,
                    "all slots are taken and \(maximumWaiting) runs wait for one, which is the "
                        + "maximum; try again later, or submit a job")
            }
            let waiter = Waiter()
            state[source].append(waiter)
            return .waits(waiter)
        }
        switch answer {
        case .granted: return true
        case .refused: return false
        case .waits(let waiter): return await waitForTurn(waiter, source, until: stop)
        }
    }

    /// Takes a slot if one is free at this moment, which means that nobody waits for one.
    func takeAtOnce(_ source: JobSource) -> Bool {
        state.withLock { $0.takeFree(for: source) }
    }

    /// Takes up to `count` slots that are free at this moment; none once the line is closed.
    func takeFree(upTo count: Int) -> Int {
        state.withLock { state in
            let taken = state.isClosed ? 0 : max(0, min(count, state.free))
            state.free -= taken
            return taken
        }
    }

    func release(_ count: Int = 1) {
        state.withLock { state in
            state.free += count
            state.serve()
        }
    }

    /// Refuses a slot to all waiters, now and later. Slots that were taken stay taken.
    func close() {
        state.withLock { state in
            state.isClosed = true
            for source in JobSource.allCases {
                for waiter in state[source] { waiter.fire(false) }
                state[source] = []
            }
        }
    }

    private func waitForTurn(
        _ waiter: Waiter, _ source: JobSource, until stop: StopSignal?
    ) async -> Bool {
        // A waiter that is no longer in line has its answer already.
        let listener = stop?.onFire { if self.leave(waiter, source) { waiter.fire(false) } }
        defer { if let stop, let listener { stop.remove(listener) } }
        if let granted = await waiter.value() { return granted }
        // The task was canceled. If it got a slot at the same moment, the slot goes to the next.
        if !leave(waiter, source), waiter.fired == true { release() }
        return false
    }

    /// - Returns: false if the waiter is no longer in line.
    private func leave(_ waiter: Waiter, _ source: JobSource) -> Bool {
        state.withLock { state in
            let index = state[source].firstIndex { $0 === waiter }
            if let index { state[source].remove(at: index) }
            return index != nil
        }
    }
}

extension JobSource {
    /// The source whose turn comes next.
    fileprivate var successor: JobSource {
        switch self {
        case .direct: .batch
        case .batch: .stored
        case .stored: .direct
        }
    }
}

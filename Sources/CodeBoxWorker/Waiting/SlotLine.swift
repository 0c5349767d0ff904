import CodeBoxCore
import Synchronization

/// The slots that programs run in, and the line before them.
///
/// Three sides stand in line: direct runs, each for itself, batches, with a few of their programs
/// each, and the queue's dispatcher, for all stored jobs. Those that wait are served in turn, so that
/// none starves another.
final class SlotLine: Sendable {
    enum Side: Int, CaseIterable, Sendable {
        case queued
        case direct
        case batch
    }

    private typealias Waiter = OneShot<Bool>

    private struct State {
        var free: Int
        /// By side.
        var lines = [[Waiter]](repeating: [], count: Side.allCases.count)
        var servedLast = Side.queued
        var isClosed = false

        subscript(side: Side) -> [Waiter] {
            get { lines[side.rawValue] }
            set { lines[side.rawValue] = newValue }
        }

        /// Hands free slots to those in line.
        ///
        /// Their events are fired while the state is locked: a waiter that is canceled just then
        /// must find itself either in line or with its answer, or its slot would be lost.
        mutating func serve() {
            while free > 0, let next = nextSide() {
                self[next].removeFirst().fire(true)
                servedLast = next
                free -= 1
            }
        }

        /// The first after the one served last that has somebody in line.
        private func nextSide() -> Side? {
            let sides = Side.allCases
            return (1...sides.count).lazy
                .map { sides[(self.servedLast.rawValue + $0) % sides.count] }
                .first { !self[$0].isEmpty }
        }
    }

    private enum Admission {
        case granted
        case refused
        case waits(Waiter)
    }

    private let state: Mutex<State>
    private let maximumWaiting: Int

    /// - Parameter maximumWaiting: direct runs that may stand in line.
    init(slots: Int, maximumWaiting: Int) {
        state = Mutex(State(free: slots))
        self.maximumWaiting = maximumWaiting
    }

    /// Slots that nobody has.
    var free: Int { state.withLock { $0.free } }

    /// Those who stand in line.
    var waitingCount: Int { state.withLock { $0.lines.reduce(0) { $0 + $1.count } } }
    func waitingCount(_ side: Side) -> Int { state.withLock { $0[side].count } }

    /// Takes a slot as soon as it is this caller's turn.
    /// - Parameter stop: whoever waits when it fires is sent away.
    /// - Returns: false, without a slot, when the line is closed, `stop` fires or the task is
    ///   canceled.
    /// - Throws: `queueFull` if too many direct runs stand in line.
    func acquire(_ side: Side, until stop: StopSignal? = nil) async throws(CodeBoxError) -> Bool {
        let admission = try state.withLock { state throws(CodeBoxError) -> Admission in
            if state.isClosed { return .refused }
            if state.free > 0 {
                state.free -= 1
                state.servedLast = side
                return .granted
            }
            guard side != .direct || state[side].count < maximumWaiting else {
                throw CodeBoxError(
                    .queueFull,
                    "all slots are taken and \(maximumWaiting) runs wait for one, which is the "
                        + "maximum; try again later, or submit a job")
            }
            let waiter = Waiter()
            state[side].append(waiter)
            return .waits(waiter)
        }
        switch admission {
        case .granted: return true
        case .refused: return false
        case .waits(let waiter): return await waitForTurn(waiter, side, until: stop)
        }
    }

    /// Takes up to `count` more slots that are free this moment; none when the line is closed.
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

    /// Sends everyone in line away, and all that come later. Slots that were taken stay taken.
    func close() {
        state.withLock { state in
            state.isClosed = true
            for waiter in state.lines.joined() { waiter.fire(false) }
            for side in Side.allCases { state[side] = [] }
        }
    }

    private func waitForTurn(_ waiter: Waiter, _ side: Side, until stop: StopSignal?) async -> Bool
    {
        // Whom it finds in line no longer has its answer already.
        let listener = stop?.onFire { if self.leave(waiter, side) { waiter.fire(false) } }
        defer { if let stop, let listener { stop.remove(listener) } }
        if let granted = await waiter.value() { return granted }
        // Canceled; a slot may have come all the same, in which case it goes to the next.
        if !leave(waiter, side), waiter.fired == true { release() }
        return false
    }

    /// - Returns: false if it stands in line no more.
    private func leave(_ waiter: Waiter, _ side: Side) -> Bool {
        state.withLock { state in
            let index = state[side].firstIndex { $0 === waiter }
            if let index { state[side].remove(at: index) }
            return index != nil
        }
    }
}

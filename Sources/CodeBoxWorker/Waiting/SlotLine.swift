import CodeBoxCore
import Synchronization

/// The slots that programs run in, and the line before them.
///
/// Two sides stand in line: direct runs, each for itself, and the queue's dispatcher, for all stored
/// jobs. While both wait they are served in turn, so that neither starves the other.
final class SlotLine: Sendable {
    enum Side: Sendable {
        case direct
        case queued
        var other: Side { self == .direct ? .queued : .direct }
    }

    private typealias Waiter = OneShot<Bool>

    private struct State {
        var free: Int
        var direct: [Waiter] = []
        var queued: [Waiter] = []
        var servedLast = Side.queued
        var isClosed = false

        subscript(side: Side) -> [Waiter] {
            get { side == .direct ? direct : queued }
            set { if side == .direct { direct = newValue } else { queued = newValue } }
        }

        /// Hands free slots to those in line.
        ///
        /// Their events are fired while the state is locked: a waiter that is canceled just then
        /// must find itself either in line or with its answer, or its slot would be lost.
        mutating func serve() {
            while free > 0, !(direct.isEmpty && queued.isEmpty) {
                let next = self[servedLast.other].isEmpty ? servedLast : servedLast.other
                self[next].removeFirst().fire(true)
                servedLast = next
                free -= 1
            }
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
    var waitingCount: Int { state.withLock { $0.direct.count + $0.queued.count } }
    func waitingCount(_ side: Side) -> Int { state.withLock { $0[side].count } }

    /// Takes a slot as soon as it is this caller's turn.
    /// - Returns: false, without a slot, when the line is closed or the task is canceled.
    /// - Throws: `queueFull` if too many direct runs stand in line.
    func acquire(_ side: Side) async throws(CodeBoxError) -> Bool {
        let admission = try state.withLock { state throws(CodeBoxError) -> Admission in
            if state.isClosed { return .refused }
            if state.free > 0 {
                state.free -= 1
                state.servedLast = side
                return .granted
            }
            guard side == .queued || state.direct.count < maximumWaiting else {
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
        case .waits(let waiter): return await waitForTurn(waiter, side)
        }
    }

    /// Takes up to `count` more slots that are free this moment.
    func takeFree(upTo count: Int) -> Int {
        state.withLock { state in
            let taken = max(0, min(count, state.free))
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
            for waiter in state.direct + state.queued { waiter.fire(false) }
            state.direct = []
            state.queued = []
        }
    }

    private func waitForTurn(_ waiter: Waiter, _ side: Side) async -> Bool {
        if let granted = await waiter.value() { return granted }
        // Canceled; a slot may have come all the same, in which case it goes to the next.
        let left = state.withLock { state in
            let index = state[side].firstIndex { $0 === waiter }
            if let index { state[side].remove(at: index) }
            return index != nil
        }
        if !left, waiter.fired == true { release() }
        return false
    }
}

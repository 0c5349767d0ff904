import CodeBoxCore
import Synchronization

/// The interruption of one program that runs, if there is one.
final class RunEvent: Sendable {
    /// Fires with the event.
    let stop = StopSignal()
    private let reason = Mutex<Interruption?>(nil)

    /// Why it was interrupted; nil if it was not.
    var fired: Interruption? { reason.withLock { $0 } }

    /// Interrupts it; the first reason counts.
    func fire(_ why: Interruption) {
        reason.withLock { $0 = $0 ?? why }
        stop.fire()
    }
}

import CodeBoxSupervisor
import Dispatch
import Glibc
import Synchronization

/// Turns Ctrl-C and SIGTERM into a call. The second signal ends the process, and the warden ends
/// when its lifeline closes.
struct Interrupts {
    private let sources: [any DispatchSourceSignal]

    /// - Parameter handler: called for the first signal, on a separate queue.
    init(_ handler: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "codebox.signals")
        let count = Count()
        sources = [SIGINT, SIGTERM].map { number in
            // The source sees the signal only if it does not end the process first.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                guard count.add() == 1 else { _exit(ExitStatus.canceled.rawValue) }
                handler()
            }
            source.resume()
            return source
        }
    }

    private final class Count: Sendable {
        private let value = Atomic(0)

        func add() -> Int { value.add(1, ordering: .relaxed).newValue }
    }

    /// Restores the default effect of the signals.
    func end() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}

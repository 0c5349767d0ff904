import CodeBoxCLI
import Dispatch
import Glibc
import Synchronization

/// Ctrl-C and SIGTERM as a call instead of the end of the process; the second one ends it all the
/// same, and the kernel tells our warden.
struct Interrupts {
    private let sources: [any DispatchSourceSignal]

    /// - Parameter handler: called for the first signal, on a queue of its own.
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

    /// Signals do again what they did before.
    func end() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}

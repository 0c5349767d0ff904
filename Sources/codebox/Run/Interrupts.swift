import Dispatch
import Glibc

/// Ctrl-C and SIGTERM as a call instead of the end of the process.
struct Interrupts {
    private let sources: [any DispatchSourceSignal]

    /// - Parameter handler: called for each signal, on a queue of its own.
    init(_ handler: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "codebox.signals")
        sources = [SIGINT, SIGTERM].map { number in
            // The source sees the signal only if it does not end the process first.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler(handler: handler)
            source.resume()
            return source
        }
    }

    /// Signals do again what they did before.
    func end() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}

import Dispatch
import Glibc

/// The signals of a session: Ctrl-C goes to the program, SIGTERM and a closed terminal end the
/// session. Ctrl-\ keeps its default effect: it ends this process, and with it the sandbox.
struct ShellSignals {
    private let sources: [any DispatchSourceSignal]

    /// - Parameters:
    ///   - interrupt: called for each Ctrl-C.
    ///   - end: called for SIGTERM and SIGHUP.
    init(interrupt: @escaping @Sendable () -> Void, end: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "codebox.signals")
        let handlers = [(SIGINT, interrupt), (SIGTERM, end), (SIGHUP, end)]
        sources = handlers.map { number, handler in
            // The source sees the signal only if it does not end the process first.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler(handler: handler)
            source.resume()
            return source
        }
    }

    func end() {
        for source in sources { source.cancel() }
    }
}

import ArgumentParser
import CodeBoxCLI
import Dispatch
import Glibc

/// The way in. Synchronous: the supervisor and the warden must stay single-threaded, so nothing
/// asynchronous begins before a command asks for it.
@main
enum Main {
    static func main() {
        // A reader that goes away is an error of a write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try CodeBox.parseAsRoot()
            if let asynchronous = command as? any AsyncParsableCommand {
                runAsynchronously {
                    var command = asynchronous
                    try await command.run()
                }
            }
            try command.run()
            exit(ExitStatus.success.rawValue)
        } catch {
            Failure.exit(error)
        }
    }

    /// Runs on Swift's concurrency from here on, and ends the process with it.
    static func runAsynchronously(_ body: sending @escaping () async throws -> Void) -> Never {
        Task.detached {
            do {
                try await body()
                exit(ExitStatus.success.rawValue)
            } catch {
                Failure.exit(error)
            }
        }
        // Everything happens on the pool's threads; this one only keeps the process.
        DispatchSemaphore(value: 0).wait()
        exit(ExitStatus.software.rawValue)
    }
}

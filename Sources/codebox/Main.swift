import ArgumentParser
import CodeBoxCLI
import Dispatch
import Glibc

/// The way in. Synchronous: the supervisor and the warden must stay single-threaded, so nothing
/// asynchronous begins before a command asks for it.
@main
enum Main {
    static func main() {
        prepareProcess()
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

    /// What every command counts on, whoever started it.
    private static func prepareProcess() {
        // A reader that goes away is an error of a write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        // Images must be readable by the service user; what must not be says so itself.
        umask(0o022)
        // Were 0, 1 or 2 closed, a socket of ours would take the place.
        while true {
            let descriptor = open("/dev/null", O_RDWR)
            guard descriptor >= 0, descriptor <= STDERR_FILENO else {
                if descriptor >= 0 { close(descriptor) }
                return
            }
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

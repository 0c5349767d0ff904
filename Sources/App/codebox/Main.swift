import ArgumentParser
import Dispatch
import Glibc

/// The entry point. It is synchronous: the supervisor and the warden must stay single-threaded, so
/// nothing asynchronous begins before a command asks for it.
@main
enum Main {
    static func main() {
        prepareProcess()
        do {
            var command = try CodeBox.parseAsRoot()
            if ThreadRefusal.isInForce { try runWithoutThreads(command) }
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

    /// Says why nothing that awaits can run; returns if the command awaits nothing.
    private static func runWithoutThreads(_ command: any ParsableCommand) throws {
        if let doctor = command as? DoctorCommand { try doctor.runWithoutThreads() }
        if command is any AsyncParsableCommand || command is ServeCommand {
            throw ThreadRefusal.error
        }
    }

    /// Sets up what every command relies on.
    private static func prepareProcess() {
        // If a reader disconnects, the write fails; the process does not end.
        signal(SIGPIPE, SIG_IGN)
        // The service user must be able to read images. Other files set their own modes.
        umask(0o022)
        // If 0, 1 or 2 is closed, a socket could get its number.
        while true {
            let descriptor = open("/dev/null", O_RDWR)
            guard descriptor >= 0, descriptor <= STDERR_FILENO else {
                if descriptor >= 0 { close(descriptor) }
                return
            }
        }
    }

    /// Runs the body on Swift's concurrency pool and exits with its result.
    static func runAsynchronously(_ body: sending @escaping () async throws -> Void) -> Never {
        Task.detached {
            do {
                try await body()
                exit(ExitStatus.success.rawValue)
            } catch {
                Failure.exit(error)
            }
        }
        // The pool's threads do the work; this one only keeps the process alive.
        DispatchSemaphore(value: 0).wait()
        exit(ExitStatus.software.rawValue)
    }
}

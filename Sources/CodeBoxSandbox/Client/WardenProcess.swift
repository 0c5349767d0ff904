import CSandbox
import CodeBoxCore
import Glibc

/// A warden that was started for one client.
struct WardenProcess: Sendable {
    let pid: pid_t
    /// Closing it tells the warden to destroy everything and exit.
    let lifeline: CInt

    /// - Returns: the process and our end of its socket.
    static func start(executable: String, arguments: [String]) throws(CodeBoxError)
        -> (WardenProcess, socket: CInt)
    {
        do throws(SystemError) {
            let socket = try Descriptor.socketPair(SOCK_SEQPACKET)
            let lifeline = try Descriptor.pipe()
            defer {
                close(socket.theirs)
                close(lifeline.read)
            }
            do throws(SystemError) {
                let pid = try spawn(
                    executable, ["codebox", "warden"] + arguments,
                    fds: [(socket.theirs, 3), (lifeline.read, 4)])
                return (WardenProcess(pid: pid, lifeline: lifeline.write), socket.ours)
            } catch {
                close(socket.ours)
                close(lifeline.write)
                throw error
            }
        } catch {
            throw CodeBoxError(
                .wardenUnavailable, "the warden can't be started from \(executable)",
                cause: error.description)
        }
    }

    /// Lets it end and waits for that.
    func end() {
        close(lifeline)
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR { continue }
    }

    private static func spawn(
        _ executable: String, _ arguments: [String], fds: [(from: CInt, to: CInt)]
    ) throws(SystemError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // By way of high numbers, so that no target is overwritten while it is still a source.
        var lifted: [CInt] = []
        defer { lifted.forEach { close($0) } }
        for fd in fds {
            let high = fcntl(fd.from, F_DUPFD_CLOEXEC, 64)
            guard high >= 0 else { throw SystemError("fcntl(F_DUPFD)") }
            lifted.append(high)
            posix_spawn_file_actions_adddup2(&actions, high, fd.to)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Threads of the runtime block most signals; a new process must not inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        // A process group of its own, so that a terminal's Ctrl-C reaches the client alone.
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETPGROUP))
        var argv = arguments.map { strdup($0) } + [nil]
        defer { argv.forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, executable, &actions, &attributes, &argv, environ)
        guard code == 0 else { throw SystemError("posix_spawn", code: code) }
        return pid
    }
}

import CLinux
package import CodeBoxCore
import Glibc

/// A warden that was started for one client.
package struct WardenProcess: Sendable {
    let pid: pid_t
    /// Closing it tells the warden to destroy everything and exit.
    let lifeline: CInt

    /// Variables that a process of CodeBox's may inherit: none of them is a setting.
    package static let inheritedVariables = [
        "PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SWIFT_BACKTRACE", "LLVM_PROFILE_FILE",
    ]

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
                let pid = try launch(
                    executable, arguments: arguments, fds: [socket.theirs, lifeline.read])
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

    /// Starts a warden for a caller that reaps it.
    /// - Parameters:
    ///   - arguments: what follows `warden`.
    ///   - descriptors: the warden's 3, 4, …; it has no others but 0 to 2.
    /// - Returns: its pid.
    package static func launch(
        executable: String, arguments: [String], descriptors: [CInt]
    ) throws(CodeBoxError) -> CInt {
        do throws(SystemError) {
            return try launch(executable, arguments: arguments, fds: descriptors)
        } catch {
            throw CodeBoxError(
                .wardenUnavailable, "the warden can't be started from \(executable)",
                cause: error.description)
        }
    }

    /// As root, it is PID 1 of a pid namespace of its own.
    private static func launch(
        _ executable: String, arguments: [String], fds: [CInt]
    ) throws(SystemError) -> CInt {
        let hasOwnPIDs = geteuid() == 0
        if hasOwnPIDs { Cgroups.makeRoom() }
        let variables = inheritedVariables.compactMap { name in
            getenv(name).map { "\(name)=\(String(cString: $0))" }
        }
        let argv = (["codebox", "warden"] + arguments).map { strdup($0) } + [nil]
        let envp = variables.map { strdup($0) } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        let pid = executable.withCString { path in
            fds.withUnsafeBufferPointer { fds in
                argv.withUnsafeBufferPointer { arguments in
                    envp.withUnsafeBufferPointer { environment in
                        var request = cb_launch(
                            path: path, arguments: arguments.baseAddress,
                            environment: environment.baseAddress, fds: fds.baseAddress,
                            fd_count: CInt(fds.count), own_pids: hasOwnPIDs ? 1 : 0)
                        return cb_launch_warden(&request)
                    }
                }
            }
        }
        guard pid > 0 else { throw SystemError("clone3 and execve", code: -pid) }
        return pid
    }
}

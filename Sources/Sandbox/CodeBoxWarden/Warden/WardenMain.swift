import CLinux
import CodeBoxCore
import Glibc
import CodeBoxSystem
import CodeBoxSeccomp

/// The warden's process, from start to end.
package enum WardenMain {
    /// Runs the warden; returns only by exiting.
    ///
    /// The process must be single-threaded, so nothing of Swift concurrency or Dispatch may have
    /// run before. Exit status 0 after an orderly end, 1 if the warden could not start (the reason
    /// is on stderr).
    package static func run(_ options: WardenOptions) -> Never {
        signal(SIGPIPE, SIG_IGN)
        umask(0o022)
        // A terminal's Ctrl-C is for the client, with which the warden ends.
        signal(SIGINT, SIG_IGN)
        // This must come before the process becomes undumpable: its /proc files are root's then.
        let entered = geteuid() == 0 ? 0 : cb_enter_own_user_namespace()
        _ = cb_forbid_tracing()
        WardenLimits.raise()
        do throws(CodeBoxError) {
            guard entered == 0 else { throw UserNamespaceRefusal(code: -entered).error }
            // Cgroups come first: their folders bear the pid that this machine's /proc shows.
            let cgroups = try Cgroups.open()
            do throws(CodeBoxError) {
                try start(options, cgroups).run()
            } catch {
                cgroups.removeAll()
                throw error
            }
            exit(0)
        } catch {
            var text = "codebox-warden: \(error.message)"
            if let cause = error.cause { text += " (\(cause))" }
            writeToStandardError(text)
            exit(1)
        }
    }

    /// - Returns: a warden that is confined and ready to serve.
    private static func start(
        _ options: WardenOptions, _ cgroups: any CgroupHierarchy
    ) throws(CodeBoxError) -> Warden {
        if options.bounds.restrictsSpeculation { try restrictSpeculation() }
        if geteuid() == 0 { try leaveHost() }
        let filter = try SandboxFilters.warden(tellingRefusals: options.tellsRefusals)
        let warden = try Warden(options, cgroups: cgroups)
        try restrict(with: filter)
        return warden
    }

    /// All that the warden makes inherits it, so no sandbox takes a step for it.
    private static func restrictSpeculation() throws(CodeBoxError) {
        let result = cb_restrict_speculation()
        guard result == 0 else {
            throw CodeBoxError(
                .wardenUnavailable,
                "this kernel or processor has no control of speculation for each process; set "
                    + "sandboxes.restrict_speculation to off",
                cause: SystemError.text(-result))
        }
    }

    /// Gives the warden a /proc of its pid namespace. Processes in there can neither see the host's
    /// nor end the warden, which is PID 1; the kernel ends all of them with it.
    private static func leaveHost() throws(CodeBoxError) {
        guard getpid() == 1 else {
            throw CodeBoxError(
                .wardenUnavailable,
                "root's warden must be PID 1 of a pid namespace; `codebox serve` and `codebox run` "
                    + "start it so")
        }
        let result = cb_enter_own_mounts()
        guard result == 0 else {
            throw CodeBoxError(
                .wardenUnavailable, "the warden can't mount a /proc of its own",
                cause: SystemError.text(-result))
        }
    }

    /// Gives up the privilege that only the start needed.
    private static func restrict(with filter: SeccompProgram) throws(CodeBoxError) {
        var result = cb_keep_needed_capabilities()
        guard result == 0 else {
            throw CodeBoxError(
                .wardenUnavailable, "the warden can't give up capabilities",
                cause: SystemError.text(-result))
        }
        result = filter.instructions.withUnsafeBytes { cb_install_filter($0.baseAddress, $0.count) }
        guard result == 0 else {
            throw CodeBoxError(
                .wardenUnavailable, "the warden can't install its seccomp filter",
                cause: SystemError.text(-result))
        }
    }
}

import CSandbox
import CodeBoxCore
import Glibc

/// The warden's process, from start to end.
package enum WardenMain {
    /// Runs the warden; returns only by exiting.
    ///
    /// Call it first thing in a process: it must be single-threaded, so nothing of Swift
    /// concurrency or Dispatch may have run. Exit status 0 after an orderly end, 1 if it could not
    /// start (the reason is on stderr).
    package static func run(_ options: WardenOptions) -> Never {
        signal(SIGPIPE, SIG_IGN)
        // A terminal's Ctrl-C is for the client, whose end is ours.
        signal(SIGINT, SIG_IGN)
        // Before it becomes undumpable, from when on its own /proc files are root's. Where it is
        // refused, sandboxes can't be made either, and say so.
        if geteuid() != 0 { _ = cb_enter_own_user_namespace() }
        _ = cb_forbid_tracing()
        raiseDescriptorLimit()
        do throws(CodeBoxError) {
            let warden = try Warden(options)
            warden.run()
            exit(0)
        } catch {
            var text = "codebox warden: \(error.message)"
            if let cause = error.cause { text += " (\(cause))" }
            writeToStandardError(text)
            exit(1)
        }
    }

    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

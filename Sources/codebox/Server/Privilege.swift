import CLinux
import CodeBoxCore
import CodeBoxSystem
import Glibc

/// The server's way from whoever started it to a process that may do nothing special.
enum Privilege {
    /// Becomes the user, for good and without any capability, and dies with its supervisor.
    ///
    /// Must run before there is a second thread.
    static func giveUp(becoming user: ServiceUser, parent: pid_t) throws(CodeBoxError) {
        if geteuid() == 0 {
            var step: UnsafePointer<CChar>?
            let result = cb_drop_privileges(user.uid, user.gid, &step)
            guard result == 0 else {
                let name = step.map { String(cString: $0) } ?? "drop privileges"
                throw CodeBoxError.system(
                    .configurationInvalid, "can't become user \(user.name): \(name)", errno: -result
                )
            }
        }
        let result = cb_set_no_new_privs()
        guard result == 0 else {
            throw CodeBoxError.system(
                .internalError, "can't set no_new_privs", errno: -result)
        }
        // After the change of ids, which would undo it.
        guard cb_die_with_parent(parent) == 0 else {
            throw CodeBoxError(.internalError, "the supervisor has gone")
        }
        raiseDescriptorLimit()
        umask(0o077)
    }

    /// As many files as we are allowed: connections and outputs each take some.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

import CLinux
import CodeBoxCore
import CodeBoxSupervisor
import CodeBoxSystem
import Glibc

/// Turns the server's process into one without any privilege.
enum Privilege {
    /// Becomes the user irrevocably, without any capability, and ties its life to the supervisor's.
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
        // Must come after the change of ids, which resets the setting.
        guard cb_die_with_parent(parent) == 0 else {
            throw CodeBoxError(.internalError, "the supervisor has gone")
        }
        raiseDescriptorLimit()
        umask(0o077)
    }

    /// Raises the limit of open files to its maximum, because connections and outputs need many.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

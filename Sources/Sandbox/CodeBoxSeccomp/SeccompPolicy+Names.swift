import CSeccomp
import Glibc

// The names that policies are written with.
extension SeccompPolicy {
    /// What a group of refused calls may answer, by name.
    static let errnos: [Substring: CInt] = [
        "EPERM": EPERM, "ENOSYS": ENOSYS, "EACCES": EACCES, "EINVAL": EINVAL,
        "ENOTTY": ENOTTY, "EAFNOSUPPORT": EAFNOSUPPORT, "EOPNOTSUPP": EOPNOTSUPP,
        "EPROTONOSUPPORT": EPROTONOSUPPORT, "ESOCKTNOSUPPORT": ESOCKTNOSUPPORT,
        "ENOPROTOOPT": ENOPROTOOPT, "ENODEV": ENODEV, "SUCCESS": 0,
    ]

    /// An errno as a policy writes it, e.g. `EPERM`; its number if no policy can.
    package static func nameOfErrno(_ code: CInt) -> String {
        errnos.first { $0.value == code }.map { String($0.key) } ?? "\(code)"
    }

    /// A system call of this machine as a policy writes it; its number if libseccomp knows none.
    package static func nameOfCall(_ number: UInt32) -> String {
        let native = seccomp_arch_native()
        guard let name = seccomp_syscall_resolve_num_arch(native, CInt(clamping: number)) else {
            return "\(number)"
        }
        defer { free(name) }
        return String(cString: name)
    }

    /// Whether a policy can have a rule for a call (``newestCall``).
    package static func canName(_ call: String) -> Bool {
        let number = seccomp_syscall_resolve_name(call)
        return number >= 0 && number <= CInt(newestCall)
    }
}

import CLinux
import CodeBoxWarden
import Glibc

/// Checks that namespaces of every kind can be created, without privilege if the user has none.
enum NamespaceCheck {
    /// CLONE_NEW* of user, mount, pid, net, ipc, uts and cgroup, which Swift does not import.
    private static let user: CInt = 0x1000_0000
    private static let kinds: [(name: String, flag: CInt)] = [
        ("mount", 0x0002_0000), ("pid", 0x2000_0000), ("net", 0x4000_0000), ("ipc", 0x0800_0000),
        ("uts", 0x0400_0000), ("cgroup", 0x0200_0000),
    ]

    static func run() -> CheckResult {
        let all = kinds.reduce(user) { $0 | $1.flag }
        let result = cb_probe_namespaces(all)
        if result == 0 {
            let named = cb_probe_host_name()
            guard named == 0 else { return hostNameRefused(-named) }
            return .ok(
                "namespaces",
                "user, " + kinds.map(\.name).joined(separator: ", ")
                    + (geteuid() == 0 ? "" : ", without privilege"))
        }
        if cb_probe_namespaces(user) != 0 { return userNamespacesRefused(-result) }
        let refused = kinds.filter { cb_probe_namespaces(user | $0.flag) != 0 }.map(\.name)
        return .fail(
            "namespaces", "the kernel refuses \(refused.joined(separator: ", ")): \(text(-result))",
            remedy: "raise /proc/sys/user/max_*_namespaces, or run CodeBox outside this container")
    }

    /// Some containers' filters allow namespaces, but not what is done in them.
    private static func hostNameRefused(_ number: CInt) -> CheckResult {
        .fail(
            "namespaces", "sethostname is refused in a new uts namespace: \(text(number))",
            remedy:
                "a seccomp filter around CodeBox forbids it: run CodeBox outside this container, "
                + "or with --security-opt seccomp=unconfined")
    }

    private static func userNamespacesRefused(_ number: CInt) -> CheckResult {
        let refusal = UserNamespaceRefusal(code: number)
        return .fail("namespaces", refusal.reason, remedy: refusal.remedy)
    }

    private static func text(_ number: CInt) -> String { String(cString: strerror(number)) }
}

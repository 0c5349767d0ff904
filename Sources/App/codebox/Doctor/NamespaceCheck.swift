import CLinux
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

    private static func userNamespacesRefused(_ number: CInt) -> CheckResult {
        let causes: [(file: String, value: String, remedy: String)] = [
            ("user/max_user_namespaces", "0", "sysctl -w user.max_user_namespaces=15000"),
            (
                "kernel/unprivileged_userns_clone", "0",
                "sysctl -w kernel.unprivileged_userns_clone=1"
            ),
            (
                "kernel/apparmor_restrict_unprivileged_userns", "1",
                "run CodeBox as root, allow it in an AppArmor profile (`userns,`), or sysctl -w "
                    + "kernel.apparmor_restrict_unprivileged_userns=0"
            ),
        ]
        let found = causes.first { SystemFile.text("/proc/sys/" + $0.file) == $0.value }
        let reason = found.map { " (\($0.file) is \($0.value))" } ?? ""
        return .fail(
            "namespaces", "user namespaces are refused: \(text(number))\(reason)",
            remedy: found?.remedy
                ?? "run CodeBox as root outside a container, or allow user namespaces in it")
    }

    private static func text(_ number: CInt) -> String { String(cString: strerror(number)) }
}

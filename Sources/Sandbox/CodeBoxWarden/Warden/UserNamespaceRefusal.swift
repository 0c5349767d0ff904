import CodeBoxCore
import CodeBoxSystem
import Glibc

/// Why this process may make no user namespace, and what to do. Finding out only reads.
package struct UserNamespaceRefusal: Hashable, Sendable {
    /// What the kernel said, with the setting that is the cause where one is.
    package var reason: String
    package var remedy: String

    /// The settings that refuse user namespaces, with the value that does.
    private static let causes: [(file: String, value: String, remedy: String)] = [
        ("user/max_user_namespaces", "0", "sysctl -w user.max_user_namespaces=15000"),
        ("kernel/unprivileged_userns_clone", "0", "sysctl -w kernel.unprivileged_userns_clone=1"),
        (
            "kernel/apparmor_restrict_unprivileged_userns", "1",
            "run CodeBox as root, allow it in an AppArmor profile (`userns,`), or sysctl -w "
                + "kernel.apparmor_restrict_unprivileged_userns=0"
        ),
    ]

    /// - Parameter code: the errno that the kernel refused them with.
    package init(code: CInt) {
        let found = Self.causes.first { Self.text("/proc/sys/" + $0.file) == $0.value }
        reason =
            "user namespaces are refused: \(SystemError.text(code))"
            + (found.map { " (\($0.file) is \($0.value))" } ?? "")
        if let found {
            remedy = found.remedy
        } else if code == EPERM, Self.isFiltered {
            remedy =
                "a seccomp filter around CodeBox forbids them: run CodeBox outside this container, "
                + "or with --security-opt seccomp=unconfined"
        } else {
            remedy = "run CodeBox as root outside a container, or allow user namespaces in it"
        }
    }

    /// For a warden that needs one.
    var error: CodeBoxError {
        CodeBoxError(.wardenUnavailable, "\(reason); \(remedy)")
    }

    /// Whether this process runs under a seccomp filter, which it did not install itself yet.
    private static var isFiltered: Bool {
        text("/proc/self/status")?.contains("\nSeccomp:\t2\n") == true
    }

    private static func text(_ path: String) -> String? {
        guard let bytes = readSmallFile(path) else { return nil }
        var text = String(decoding: bytes, as: UTF8.self)
        if text.hasSuffix("\n"), !path.hasSuffix("/status") { text.removeLast() }
        return text
    }
}

import CLinux
import Glibc

/// Checks that the kernel has the system calls that make a sandbox.
enum KernelCheck {
    static func run() -> CheckResult {
        let probes: [(name: String, since: String, result: CInt)] = [
            ("clone3", "5.3", cb_probe_clone3()),
            ("pidfd_open", "5.3", cb_probe_pidfd_open()),
            ("fsopen", "5.2", cb_probe_fsopen()),
            ("close_range", "5.9", cb_probe_close_range()),
            ("mount_setattr", "5.12", cb_probe_mount_setattr()),
        ]
        let release = release()
        let missing = probes.filter { $0.result != 0 }
        guard !missing.isEmpty else {
            return .ok(
                "kernel", "Linux \(release) with \(probes.map(\.name).joined(separator: ", "))")
        }
        let isFiltered = missing.contains { $0.result == -EPERM }
        let names = missing.map { "\($0.name) (since \($0.since))" }.joined(separator: ", ")
        return .fail(
            "kernel", "Linux \(release) without \(names)",
            remedy: isFiltered
                ? "a seccomp filter around CodeBox forbids it: run CodeBox outside this container, "
                    + "or with --security-opt seccomp=unconfined"
                : "use Linux 5.12 or newer; if this kernel is, a seccomp filter around CodeBox "
                    + "hides it: run with --security-opt seccomp=unconfined")
    }

    /// What the check finds where this process can make no thread, and so no other check can run.
    static var withoutThreads: CheckResult {
        .fail(
            "kernel", "Linux \(release()) where clone3 returns EPERM",
            remedy: ThreadRefusal.remedy)
    }

    private static func release() -> String {
        var name = utsname()
        uname(&name)
        return withUnsafeBytes(of: &name.release) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}

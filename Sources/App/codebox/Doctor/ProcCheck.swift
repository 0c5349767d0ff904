import CLinux
import Glibc

/// Checks that a new /proc can be mounted in a new pid namespace, and that no part of it is
/// covered.
enum ProcCheck {
    static func run() -> CheckResult {
        let result = cb_probe_fresh_proc()
        guard result != 0 else { return .ok("proc", "a new one can be mounted") }
        let reason = String(cString: strerror(-result))
        // The kernel refuses a full view of proc to a process that has a partial one.
        let covers = covers()
        guard covers.isEmpty else {
            return .fail(
                "proc",
                "can't be mounted afresh (\(reason)): \(covers.joined(separator: ", ")) covered",
                remedy: "run CodeBox outside that container, or with its /proc unmasked "
                    + "(Docker: --security-opt systempaths=unconfined; Podman: --security-opt "
                    + "unmask=ALL; Kubernetes: procMount: Unmasked)")
        }
        return .fail(
            "proc", "can't be mounted afresh (\(reason))",
            remedy: geteuid() == 0
                ? "run CodeBox as root outside this container, or with CAP_SYS_ADMIN and no "
                    + "seccomp filter that forbids mount"
                : "run CodeBox as root, or where user namespaces may mount proc")
    }

    private static func covers() -> [String] {
        let lines = (SystemFile.text("/proc/self/mountinfo") ?? "").split(separator: "\n")
        let points = lines.compactMap { line in
            line.split(separator: " ").dropFirst(4).first.map(String.init)
        }
        let below = points.filter { $0.hasPrefix("/proc/") && $0 != "/proc/sys/fs/binfmt_misc" }
        return Set(below).sorted()
    }
}

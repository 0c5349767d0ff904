import Glibc

/// AppArmor and SELinux: what they may keep us from.
enum SecurityModuleCheck {
    static func run() -> CheckResult {
        var found: [String] = []
        if SystemFile.text("/sys/module/apparmor/parameters/enabled") == "Y" {
            let profile =
                SystemFile.text("/proc/self/attr/apparmor/current")
                ?? SystemFile.text("/proc/self/attr/current") ?? "unknown"
            if !profile.hasPrefix("unconfined") {
                return .warn(
                    "security modules", "AppArmor confines us: \(profile)",
                    remedy:
                        "if the probe job below fails, allow mount, pivot_root and userns in that "
                        + "profile, or run unconfined")
            }
            found.append("AppArmor does not confine us")
        }
        if SystemFile.text("/sys/fs/selinux/enforce") == "1" {
            return .warn(
                "security modules", "SELinux is enforcing",
                remedy: "if the probe job below fails, see `ausearch -m avc` for what it denied")
        }
        return .ok(
            "security modules", found.isEmpty ? "none in the way" : found.joined(separator: ", "))
    }
}

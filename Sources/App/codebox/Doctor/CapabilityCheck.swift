import CodeBoxWarden
import Glibc

/// Checks that root has the capabilities of root. An ordinary user needs none.
enum CapabilityCheck {
    static func run() -> [CheckResult] {
        guard geteuid() == 0 else { return [] }
        guard let missing = MissingCapabilities.current() else {
            return [.ok("capabilities", "all that the warden needs")]
        }
        return [
            .fail("capabilities", "root lacks \(missing.names)", remedy: missing.remedy)
        ]
    }
}

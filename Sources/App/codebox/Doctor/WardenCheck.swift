import CodeBoxSupervisor
import CodeBoxCore
import CodeBoxSystem
import Glibc

/// The warden's program lies beside this binary.
enum WardenCheck {
    static func run() -> CheckResult {
        do throws(CodeBoxError) {
            let path = try Executable.wardenPath()
            guard access(path, R_OK | X_OK) == 0 else {
                return .fail(
                    "codebox-warden", "\(path): \(SystemError.text(errno))",
                    remedy: "install codebox-warden, executable, in the folder of codebox")
            }
            return .ok("codebox-warden", path)
        } catch {
            return .fail("codebox-warden", error.message, remedy: "mount /proc")
        }
    }
}

import CodeBoxCore
import CodeBoxSupervisor
import Glibc

/// Checks that the program of PID 1 is beside this binary.
enum InitCheck {
    static func run() -> CheckResult {
        do throws(CodeBoxError) {
            let path = try Executable.initPath()
            guard access(path, R_OK | X_OK) == 0 else {
                return .fail(
                    "codebox-init", "\(path): \(String(cString: strerror(errno)))",
                    remedy: "install codebox-init, executable, in the folder of codebox")
            }
            return .ok("codebox-init", path)
        } catch {
            return .fail("codebox-init", error.message, remedy: "mount /proc")
        }
    }
}

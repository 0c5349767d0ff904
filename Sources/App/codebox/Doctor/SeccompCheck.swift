import CodeBoxSupervisor
import CLinux
import CodeBoxCore
import CodeBoxSeccomp
import CodeBoxWarden
import Glibc

/// System call filters can be installed, and the policies of jobs and of the server compile.
enum SeccompCheck {
    static func run() -> CheckResult {
        let result = cb_probe_seccomp_filter()
        guard result == 0 else {
            return .fail(
                "seccomp", "the kernel has no filters: \(String(cString: strerror(-result)))",
                remedy: "use a kernel with CONFIG_SECCOMP_FILTER")
        }
        do throws(CodeBoxError) {
            let program = try SeccompProgram.standard()
            _ = try SeccompProgram.server()
            return .ok("seccomp", "the policy compiles to \(program.count) instructions")
        } catch {
            return .fail(
                "seccomp", "the policy does not compile: \(error.message)",
                remedy: "install the libseccomp that CodeBox was built with, or build it anew")
        }
    }
}

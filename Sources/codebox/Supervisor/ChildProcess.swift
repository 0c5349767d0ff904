import CProcess
import CodeBoxCLI
import CodeBoxCore
import Foundation
import Glibc

/// A child of the supervisor. It is reaped by nobody else, so its pid stays its own until then.
struct ChildProcess {
    let pid: pid_t

    /// Variables a child may inherit: none of them is a setting.
    private static let inherited = [
        "PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SWIFT_BACKTRACE", "LLVM_PROFILE_FILE",
    ]

    /// Starts this same binary with other arguments.
    /// - Parameter descriptor: the child's descriptor 3.
    static func start(
        _ executable: String, arguments: [String], descriptor: CInt
    ) throws(CodeBoxError) -> ChildProcess {
        let environment = ProcessInfo.processInfo.environment
        let variables = inherited.compactMap { name in environment[name].map { "\(name)=\($0)" } }
        var argv: [UnsafeMutablePointer<CChar>?] = (["codebox"] + arguments).map { strdup($0) }
        var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) }
        argv.append(nil)
        envp.append(nil)
        defer { (argv + envp).forEach { free($0) } }
        let pid = cprocess_spawn(executable, argv, envp, descriptor)
        guard pid > 0 else {
            throw CodeBoxError.system(
                .internalError, "can't start \(executable) \(arguments.first ?? "")", errno: -pid)
        }
        return ChildProcess(pid: pid)
    }

    func send(_ signal: CInt) {
        kill(pid, signal)
    }

    /// How the child ended; nil while it lives.
    func reap() -> ChildEnd? {
        var status: CInt = 0
        return waitpid(pid, &status, WNOHANG) == pid ? ChildEnd(status: status) : nil
    }
}

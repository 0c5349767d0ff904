import CProcess
import CodeBoxCore
import CodeBoxSandbox
import Foundation
import Glibc

/// A child of the supervisor. Only the supervisor reaps it, so its pid is valid until then.
struct ChildProcess {
    let pid: pid_t

    /// Starts the warden.
    /// - Parameter descriptor: the warden's descriptor 3.
    static func startWarden(
        _ executable: String, arguments: [String], descriptor: CInt
    ) throws(CodeBoxError) -> ChildProcess {
        ChildProcess(
            pid: try WardenProcess.launch(
                executable: executable, arguments: arguments, descriptors: [descriptor]))
    }

    /// Starts this binary with other arguments.
    /// - Parameter descriptor: the child's descriptor 3.
    static func start(
        _ executable: String, arguments: [String], descriptor: CInt
    ) throws(CodeBoxError) -> ChildProcess {
        let environment = ProcessInfo.processInfo.environment
        let variables = WardenProcess.inheritedVariables.compactMap { name in
            environment[name].map { "\(name)=\($0)" }
        }
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

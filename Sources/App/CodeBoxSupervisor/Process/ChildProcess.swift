import CodeBoxCore
import CodeBoxSystem
import CodeBoxWarden
import Glibc

/// A child of the supervisor. Only the supervisor reaps it, so its pid is valid until then.
struct ChildProcess {
    let pid: pid_t

    /// Starts a warden.
    /// - Parameter descriptor: the warden's descriptor 3.
    static func start(
        _ warden: WardenLaunch, descriptor: CInt
    ) throws(CodeBoxError) -> ChildProcess {
        ChildProcess(pid: try warden.start(descriptors: [descriptor]))
    }

    /// Starts this binary with other arguments.
    /// - Parameter descriptor: the child's descriptor 3.
    static func start(
        _ executable: String, arguments: [String], descriptor: CInt
    ) throws(CodeBoxError) -> ChildProcess {
        let launch = ChildLaunch(
            executable, arguments: ["codebox"] + arguments, descriptors: [descriptor])
        do throws(SystemError) {
            return ChildProcess(pid: try launch.start())
        } catch {
            throw CodeBoxError(
                .internalError, "can't start \(executable) \(arguments.first ?? "")", error)
        }
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

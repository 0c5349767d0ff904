import CodeBoxCore
import Glibc
import CodeBoxSystem

/// A system call on a cgroup file that the kernel refused.
struct CgroupIOError: Error {
    /// What was tried, e.g. `write 33554432 to`.
    let action: String
    let path: String
    let errno: CInt

    func asError(_ code: CodeBoxError.Code, remedy: String? = nil) -> CodeBoxError {
        let reason = SystemError.text(errno)
        var message = "cgroup: can't \(action) \(path): \(reason)"
        if let remedy = errno == EROFS ? CgroupReport.remedyOfReadOnly : remedy {
            message += "; \(remedy)"
        }
        return CodeBoxError(code, message, cause: "errno \(errno)")
    }
}

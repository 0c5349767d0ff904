import CodeBoxCore
import Glibc

extension CodeBoxError {
    /// A system call that failed, with errno's text as the cause.
    static func system(
        _ code: CodeBoxError.Code, _ message: String, errno number: CInt = errno
    ) -> CodeBoxError {
        CodeBoxError(code, message, cause: String(cString: strerror(number)))
    }
}

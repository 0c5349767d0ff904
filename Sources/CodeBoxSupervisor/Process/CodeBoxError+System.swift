package import CodeBoxCore
import Glibc

extension CodeBoxError {
    /// An error for a failed system call, with errno's text as the cause.
    package static func system(
        _ code: CodeBoxError.Code, _ message: String, errno number: CInt = errno
    ) -> CodeBoxError {
        CodeBoxError(code, message, cause: String(cString: strerror(number)))
    }
}

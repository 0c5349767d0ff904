package import CodeBoxCore
import Glibc

extension CodeBoxError {
    /// A system call that failed, with errno's text as the cause.
    package static func system(
        _ code: CodeBoxError.Code, _ message: String, errno number: CInt = errno
    ) -> CodeBoxError {
        CodeBoxError(code, message, cause: SystemError.text(number))
    }

    /// Something that a failed system call made impossible.
    package init(_ code: CodeBoxError.Code, _ message: String, _ error: SystemError) {
        self.init(code, message, cause: error.description)
    }
}

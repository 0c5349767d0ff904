/// A system call that a job's seccomp filter refused with one errno, and how often.
package struct DeniedSyscall: Codable, Hashable, Sendable {
    /// The most of a result.
    package static let most = 32

    /// The call's name, or its number if it has none.
    package var name: String
    /// The errno's name, as `EPERM`.
    package var errno: String
    package var count: Int

    package init(name: String, errno: String, count: Int) {
        self.name = name
        self.errno = errno
        self.count = count
    }
}

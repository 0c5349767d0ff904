import CodeBoxCore
import CodeBoxSystem
import Glibc

/// Creates the standard service user: a system user without login, password or home.
package enum ServiceUserCreation {
    private static let programs = ["/usr/sbin/useradd", "/sbin/useradd", "/usr/bin/useradd"]

    /// The command with which an administrator creates such a user.
    package static func command(_ name: String) -> String {
        (["useradd"] + arguments(name)).joined(separator: " ")
    }

    /// Whether this machine has the program that creates users.
    package static var isPossible: Bool { program != nil }

    private static var program: String? { programs.first { access($0, X_OK) == 0 } }

    private static func arguments(_ name: String) -> [String] {
        // useradd refuses to create an existing group.
        let group = getgrnam(name) == nil ? ["--user-group"] : ["--gid", name]
        return ["--system"] + group
            + [
                "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin",
                name,
            ]
    }

    /// Returns once the user exists, also if another process creates it.
    /// - Throws: `configurationInvalid`, naming the command to run.
    static func run() throws(CodeBoxError) {
        let name = ServiceUser.standardName
        let command = command(name)
        guard let program else { throw failure(command, "there is no useradd") }
        // useradd looks for the user before it locks the files. Of two at once, the later one would
        // give the user another id.
        let turn = turn()
        defer { if turn >= 0 { close(turn) } }
        var status: CInt = 0
        // If another useradd held its lock, the first attempt waited for it, and the second one
        // finds the user or creates it.
        for _ in 0..<2 {
            if getpwnam(name) != nil { return }
            status = try start(program, arguments(name))
        }
        guard getpwnam(name) != nil else {
            throw failure(command, "useradd ended with status \(status >> 8 & 0xff)")
        }
    }

    /// Waits until no other server creates the user.
    /// - Returns: a descriptor that holds the lock; below 0 if there is none to hold. Only root can
    ///   open the file, so no other user can hold the lock.
    private static func turn() -> CInt {
        let file = open("/etc/shadow", O_RDONLY | O_CLOEXEC)
        while file >= 0, flock(file, LOCK_EX) != 0, errno == EINTR { continue }
        return file
    }

    /// - Returns: its wait status.
    private static func start(
        _ program: String, _ arguments: [String]
    ) throws(CodeBoxError) -> CInt {
        let launch = ChildLaunch(
            program, arguments: ["useradd"] + arguments,
            environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C"])
        let pid: pid_t
        do throws(SystemError) {
            pid = try launch.start()
        } catch {
            throw failure(command(ServiceUser.standardName), SystemError.text(error.code))
        }
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR { continue }
        return status
    }

    private static func failure(_ command: String, _ cause: String) -> CodeBoxError {
        CodeBoxError(
            .configurationInvalid,
            "the server's user '\(ServiceUser.standardName)' is missing and could not be "
                + "created; run: \(command), or name another user with --user",
            field: "user", cause: cause)
    }
}

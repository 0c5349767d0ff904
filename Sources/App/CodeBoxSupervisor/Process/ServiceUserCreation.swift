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
        var status: CInt = 0
        // useradd locks the files that it changes. If another useradd held the lock, the first
        // attempt waited for it, and the second one finds the user or creates it.
        for _ in 0..<2 {
            status = try start(program, arguments(name))
            if getpwnam(name) != nil { return }
        }
        throw failure(command, "useradd ended with status \(status >> 8 & 0xff)")
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

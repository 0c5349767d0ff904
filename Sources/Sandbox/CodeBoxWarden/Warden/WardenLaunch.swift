package import CodeBoxCore
import CodeBoxSystem
import Glibc

/// How a warden is started by another process.
package struct WardenLaunch: Sendable {
    /// The path of `codebox-warden`.
    package var executable: String
    package var options: WardenOptions
    /// The uids that may own the program where root starts it; nil checks nothing.
    package var owners: Set<UInt32>?

    package init(_ executable: String, _ options: WardenOptions, owners: Set<UInt32>?) {
        self.executable = executable
        self.options = options
        self.owners = owners
    }

    /// Starts a warden. For root, it is PID 1 of a new pid namespace. So it is for a user with
    /// subordinate ids, as root of a user namespace; another user's warden has that user's id only.
    /// - Parameters:
    ///   - descriptors: the warden's 3, 4, …; it has no others but 0 to 2.
    ///   - output: its stdout and stderr; nil: this process's.
    /// - Returns: its pid; the caller reaps it.
    /// - Throws: `wardenUnavailable` if the program is missing or can't be executed;
    ///   `configurationInvalid` if root can't trust it.
    package func start(descriptors: [CInt], output: CInt? = nil) throws(CodeBoxError) -> CInt {
        guard access(executable, X_OK) == 0 else {
            throw CodeBoxError(
                .wardenUnavailable,
                "there is no executable \(executable); install codebox-warden in the folder of "
                    + "codebox", cause: SystemError.text(errno))
        }
        let trusted = TrustedPath(
            "the warden's program", otherwise: "install codebox and codebox-warden elsewhere",
            owners: owners)
        try trusted.check(executable)
        let isRoot = geteuid() == 0
        if isRoot, let missing = MissingCapabilities.current() { throw missing.error }
        let ids = isRoot ? nil : SubordinateIDs.current()
        if isRoot || ids != nil { Cgroups.makeRoom() }
        var options = options
        if ids != nil {
            options.hasSubordinateIDs = true
            // The server has this user's id, which is the warden's own.
            options.allowedUID = nil
        }
        var launch = ChildLaunch(
            executable, arguments: ["codebox-warden"] + options.arguments,
            descriptors: descriptors, hasOwnPIDs: isRoot)
        launch.output = output
        guard let ids else {
            do throws(SystemError) {
                return try launch.start()
            } catch {
                throw failure(error)
            }
        }
        return try launch.start(
            mapping: { pid throws(CodeBoxError) in try ids.map(pid) }, failed: failure)
    }

    private func failure(_ error: SystemError) -> CodeBoxError {
        let what = "the warden can't be started from \(executable)"
        switch error.code {
        case ENOSYS:
            return CodeBoxError(
                .wardenUnavailable,
                "\(what): there is no clone3; use Linux 5.12 or newer, or run CodeBox where no "
                    + "seccomp filter hides it (--security-opt seccomp=unconfined)", error)
        case EPERM where geteuid() != 0, ENOSPC:
            let refusal = UserNamespaceRefusal(code: error.code)
            return CodeBoxError(
                .wardenUnavailable, "\(what): \(refusal.reason); \(refusal.remedy)", error)
        default:
            return CodeBoxError(.wardenUnavailable, what, error)
        }
    }
}

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

    /// Starts a warden. For root, it is PID 1 of a new pid namespace.
    /// - Parameter descriptors: the warden's 3, 4, …; it has no others but 0 to 2.
    /// - Returns: its pid; the caller reaps it.
    /// - Throws: `wardenUnavailable` if the program is missing or can't be executed;
    ///   `configurationInvalid` if root can't trust it.
    package func start(descriptors: [CInt]) throws(CodeBoxError) -> CInt {
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
        if isRoot { Cgroups.makeRoom() }
        let launch = ChildLaunch(
            executable, arguments: ["codebox-warden"] + options.arguments,
            descriptors: descriptors, hasOwnPIDs: isRoot)
        do throws(SystemError) {
            return try launch.start()
        } catch {
            throw CodeBoxError(
                .wardenUnavailable, "the warden can't be started from \(executable)", error)
        }
    }
}

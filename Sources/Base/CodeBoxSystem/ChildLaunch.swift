import CLinux
import Glibc

/// Starts a program as a child of this process.
///
/// The child has `/dev/null` as its stdin, this process's stdout and stderr, default signals, and a
/// process group of its own, so that a terminal's Ctrl-C does not reach it.
package struct ChildLaunch {
    package var executable: String
    /// argv, the program's name included.
    package var arguments: [String]
    /// The whole environment, as `NAME=value`; nothing else is inherited.
    package var environment: [String]
    /// The child's descriptors 3, 4, …; it inherits no others but 0 to 2.
    package var descriptors: [CInt]
    /// Whether the child is PID 1 of a new pid namespace, which ends with it. Needs privilege.
    package var hasOwnPIDs: Bool
    /// The child's stdout and stderr; nil: this process's.
    package var output: CInt?
    /// The image that the child runs in; nil: it has this process's root.
    package var image: Image?

    /// A root directory in place of this process's, with nothing else of a sandbox. A child that
    /// root starts runs as the user `nobody`; one of another user has its own user namespace.
    package struct Image {
        package var root: String
        /// The folder that is the child's `/workspace` and its current one.
        package var workspace: String

        package init(root: String, workspace: String) {
            self.root = root
            self.workspace = workspace
        }
    }

    /// Variables that a process of CodeBox may inherit. None of them is a setting.
    private static let inheritedVariables: [String] = {
        var names = [
            "PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SWIFT_BACKTRACE",
            "LLVM_PROFILE_FILE",
        ]
        #if DEBUG
            // See LayerSwitch of the warden.
            names.append("CODEBOX_TEST_LAYER_OFF")
        #endif
        return names
    }()

    /// The part of this process's environment that its own children inherit.
    package static var inheritedEnvironment: [String] {
        inheritedVariables.compactMap { name in
            getenv(name).map { "\(name)=\(String(cString: $0))" }
        }
    }

    package init(
        _ executable: String, arguments: [String],
        environment: [String] = ChildLaunch.inheritedEnvironment, descriptors: [CInt] = [],
        hasOwnPIDs: Bool = false
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.descriptors = descriptors
        self.hasOwnPIDs = hasOwnPIDs
    }

    /// Starts the program, and returns once it is executed.
    /// - Returns: the child's pid; the caller reaps it.
    package func start() throws(SystemError) -> CInt {
        let pid = withRequest { cb_launch_program(&$0) }
        guard pid > 0 else { throw SystemError("clone3 and execve", code: -pid) }
        return pid
    }

    /// Starts the program as root of a new user namespace that this user owns, and as PID 1 of a
    /// new pid namespace. It has no ``image``.
    /// - Parameter map: maps the namespace's ids, given the child's pid; the program is executed
    ///   after that.
    /// - Returns: the child's pid; the caller reaps it.
    package func start<Failure: Error>(
        mapping map: (CInt) throws(Failure) -> Void, failed: (SystemError) -> Failure
    ) throws(Failure) -> CInt {
        var gate: CInt = -1
        let pid = withRequest { cb_launch_unmapped(&$0, &gate) }
        guard pid > 0 else { throw failed(SystemError("clone3", code: -pid)) }
        do throws(Failure) {
            try map(pid)
        } catch {
            _ = cb_launch_mapped(pid, gate, 0)
            throw error
        }
        let result = cb_launch_mapped(pid, gate, 1)
        guard result == 0 else { throw failed(SystemError("execve", code: -result)) }
        return pid
    }

    private func withRequest(_ body: (inout cb_launch) -> CInt) -> CInt {
        let argv = arguments.map { strdup($0) } + [nil]
        let envp = environment.map { strdup($0) } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        let root = image.map { strdup($0.root) } ?? nil
        let workspace = image.map { strdup($0.workspace) } ?? nil
        defer {
            free(root)
            free(workspace)
        }
        return executable.withCString { path in
            descriptors.withUnsafeBufferPointer { descriptors in
                argv.withUnsafeBufferPointer { argv in
                    envp.withUnsafeBufferPointer { envp in
                        var request = cb_launch(
                            path: path, arguments: argv.baseAddress, environment: envp.baseAddress,
                            fds: descriptors.baseAddress, fd_count: CInt(descriptors.count),
                            own_pids: hasOwnPIDs ? 1 : 0, output_fd: output ?? -1, root: root,
                            workspace: workspace)
                        return body(&request)
                    }
                }
            }
        }
    }
}

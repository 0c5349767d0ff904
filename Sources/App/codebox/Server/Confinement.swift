import CLinux
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxSandbox
import CodeBoxSeccomp
import CodeBoxSupervisor
import CodeBoxSystem
import Glibc

/// Confines the server: Landlock rules for files and ports, and a seccomp filter for system calls.
enum Confinement {
    /// Confines this process irrevocably.
    ///
    /// Must run after ``Privilege/giveUp(becoming:parent:)``, while there is one thread: both
    /// layers are put on the calling thread and inherited by those it makes.
    /// - Returns: whether this kernel has Landlock. Without it the filter alone holds.
    static func enforce(_ settings: Settings, _ data: DataDirectory) throws(CodeBoxError) -> Bool {
        let filter = try SeccompProgram.server()
        try checkThreads()
        let rules = LandlockRules.server(
            writing: [data.databaseDirectory, data.runDirectory],
            reading: [data.imagesDirectory, data.tagsDirectory],
            // A renewed certificate is another file, so it is the folders that are opened.
            certificates: Set(
                [settings.tlsCertificateFile, settings.tlsKeyFile].compactMap(\.self)
                    .flatMap(folders)),
            runtimes: settings.runtimesDirectory, port: settings.port)
        let hasLandlock = try rules.enforce()
        let result = filter.instructions.withUnsafeBytes {
            cb_install_filter($0.baseAddress, $0.count)
        }
        guard result == 0 else {
            throw CodeBoxError.system(
                .internalError, "can't install the server's seccomp filter", errno: -result)
        }
        return hasLandlock
    }

    /// The folder of a file, and the one that the file itself is in if the path is a link.
    private static func folders(of path: String) -> [String] {
        var folders = [folder(of: path)]
        if let real = realpath(path, nil) {
            folders.append(folder(of: String(cString: real)))
            free(real)
        }
        return folders
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func checkThreads() throws(CodeBoxError) {
        var status = cb_file_status()
        let folder = Descriptor(open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        // The folder's link count is 2 plus one for each thread.
        guard cb_describe(folder.number, &status) == 0, status.links == 3 else {
            throw CodeBoxError(
                .internalError,
                "the server must have one thread when it is confined; is /proc mounted?")
        }
    }
}

import Glibc

// What a taken-over server tries without the protocol.
extension Play {
    func identity() -> String? {
        if getuid() == 0 || geteuid() == 0 { return "this is root" }
        guard Identity.capabilities == 0 else { return "there are capabilities" }
        return nil
    }

    /// The warden's socket lies where the server can put nothing in its place.
    func paths() -> String? {
        let folder = String(
            socketPath.prefix(upTo: socketPath.lastIndex(of: "/") ?? socketPath.endIndex))
        if access(folder, W_OK) == 0 { return "\(folder) can be written to" }
        if access(dataDirectory, W_OK) == 0 { return "\(dataDirectory) can be written to" }
        let trials: [(String, () -> CInt)] = [
            ("unlink", { unlink(socketPath) }),
            ("rename", { rename(socketPath, folder + "/other") }),
            ("symlink", { symlink("/etc/shadow", folder + "/link") }),
            ("rename of its folder", { rename(folder, folder + "-old") }),
            ("chmod of its folder", { chmod(folder, 0o777) }),
            ("mkdir of images", { mkdir(dataDirectory + "/images/evil", 0o755) }),
            ("unlink of the lock", { unlink(dataDirectory + "/lock") }),
        ]
        for (name, act) in trials where act() == 0 { return "\(name) succeeded" }
        return nil
    }

    /// Neither warden nor zygotes can be signalled, traced or looked into.
    func processes() -> String? {
        guard let folder = opendir("/proc") else { return nil }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let pid = pid_t(name), pid != getpid(),
                let command = readText("/proc/\(pid)/cmdline"), command.contains("\0warden\0")
            else { continue }
            if kill(pid, 0) == 0 { return "the warden \(pid) can be signalled" }
            let memory = open("/proc/\(pid)/mem", O_RDWR | O_CLOEXEC)
            if memory >= 0 {
                close(memory)
                return "the memory of the warden \(pid) can be opened"
            }
            if opendir("/proc/\(pid)/fd") != nil { return "the warden's descriptors are in sight" }
        }
        return nil
    }
}

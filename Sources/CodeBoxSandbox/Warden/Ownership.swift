import Glibc

/// Whether a file or folder is only root's to change. Root's warden follows no path that leads
/// through what someone else could put there; an ordinary user's has no more rights than the user.
enum Ownership {
    /// - Returns: what is wrong, for a message; nil if nothing is.
    static func fault(of fd: CInt) -> String? {
        guard geteuid() == 0 else { return nil }
        var found = stat()
        guard fstat(fd, &found) == 0 else { return "it can't be looked at" }
        return fault(found)
    }

    /// The same of a path; symbolic links are followed.
    static func fault(ofPath path: String) -> String? {
        guard geteuid() == 0 else { return nil }
        var found = stat()
        guard stat(path, &found) == 0 else { return SystemError.text(errno) }
        return fault(found)
    }

    private static func fault(_ found: stat) -> String? {
        if found.st_uid != 0 { return "it belongs to user \(found.st_uid), not to root" }
        return found.st_mode & 0o022 == 0 ? nil : "it can be written by others than root"
    }
}

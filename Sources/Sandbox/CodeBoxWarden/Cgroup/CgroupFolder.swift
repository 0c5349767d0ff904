import CodeBoxCore
import Glibc

/// The directory, in one hierarchy, that holds the leaves of this process.
///
/// A read lock on it tells that its owner lives, also to a process of another pid namespace, for
/// which the pid in the name means nothing. It is a POSIX lock, which no child inherits. But it
/// belongs to the owner's table of descriptors: a child that still shares the table (`CLONE_FILES`,
/// until it unshares or ends) holds the lock for a moment longer than its parent lives.
final class CgroupFolder {
    let path: String
    let fd: CInt

    /// Makes the folder, or takes it over if this process made it before.
    init(in base: String, owner: CgroupOwner) throws(CgroupIOError) {
        let path = base + "/" + owner.folderName
        if mkdir(path, 0o755) != 0, errno != EEXIST {
            throw CgroupIOError(action: "make", path: path, errno: errno)
        }
        self.path = path
        fd = try CgroupFile.open(path, at: AT_FDCWD, flags: O_RDONLY | O_DIRECTORY)
        var lock = Self.wholeFile(F_RDLCK)
        // The kernel refuses it only if it runs out of locks. Without the lock a warden in another
        // pid namespace would take this folder for a dead warden's.
        guard fcntl(fd, F_SETLK, &lock) == 0 else {
            throw CgroupIOError(action: "lock", path: path, errno: errno)
        }
    }

    deinit { close(fd) }

    func makeDirectory(_ name: String) throws(CgroupIOError) {
        guard mkdirat(fd, name, 0o755) == 0 else {
            throw CgroupIOError(action: "make", path: path + "/" + name, errno: errno)
        }
    }

    /// - Returns: 0, or the errno. A folder that is gone already is no failure.
    func removeDirectory(_ name: String) -> CInt {
        if unlinkat(fd, name, AT_REMOVEDIR) == 0 || errno == ENOENT { return 0 }
        return errno
    }

    /// Removes folders with everything in them, in all hierarchies at once. One that can't be
    /// removed does not keep the others.
    /// - Parameter tries: one in every millisecond, in which killed processes leave.
    /// - Returns: whether all are gone.
    @discardableResult
    static func destroy(_ paths: [String], tries: Int = patience) -> Bool {
        var (left, refused) = (paths, false)
        for attempt in 0..<tries {
            left.removeAll { path in
                let code = clear(path)
                if code != 0, code != EBUSY { refused = true }
                return code != EBUSY
            }
            if left.isEmpty { break }
            // v1 has no event for a cgroup that became empty, and a process that forks while it is
            // killed must be killed again.
            if attempt + 1 < tries { usleep(1000) }
        }
        return left.isEmpty && !refused
    }

    /// 2 s, enough for killed processes to be gone.
    static let patience = 2000

    /// Kills what is in a cgroup and below it, and removes what is empty by then.
    /// - Returns: 0 once it is gone, `EBUSY` while it is not, or the errno of a refusal.
    private static func clear(_ path: String) -> CInt {
        // v2, from Linux 5.14 on, kills the whole tree at once.
        try? CgroupFile.write("1", to: path + "/cgroup.kill", at: AT_FDCWD)
        for name in subdirectories(of: path) { _ = clear(path + "/" + name) }
        if rmdir(path) == 0 || errno == ENOENT { return 0 }
        guard errno == EBUSY || errno == ENOTEMPTY else { return errno }
        kill(path)
        return EBUSY
    }

    /// SIGKILL to every process in the cgroup that this process can see.
    static func kill(_ leaf: String) {
        for pid in processes(leaf) where pid > 1 && pid != getpid() { Glibc.kill(pid, SIGKILL) }
    }

    /// The processes in a cgroup that this process can see.
    static func processes(_ leaf: String) -> [pid_t] {
        (CgroupFile.text(leaf + "/cgroup.procs") ?? "").split(separator: "\n").compactMap {
            // 0 stands for a process of a pid namespace that can't be seen from here.
            pid_t($0).flatMap { $0 > 0 ? $0 : nil }
        }
    }

    static func subdirectories(of path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            guard entry.pointee.d_type == UInt8(DT_DIR) else { continue }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Whether another process holds the lock of a folder's owner.
    static func isLocked(_ path: String) -> Bool {
        guard let fd = try? CgroupFile.open(path, at: AT_FDCWD, flags: O_RDONLY | O_DIRECTORY)
        else { return false }
        defer { close(fd) }
        var lock = wholeFile(F_WRLCK)
        return fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    }

    private static func wholeFile(_ type: CInt) -> flock {
        var lock = flock()
        lock.l_type = Int16(type)
        lock.l_whence = Int16(SEEK_SET)
        return lock
    }
}

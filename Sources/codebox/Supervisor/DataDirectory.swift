import CProcess
import CodeBoxCore
import Glibc

/// The data directory's layout and owners.
///
/// The directory itself lets others pass, no more.
///
///     images/ tags/ build/ cache/   of whoever builds images; the server only reads
///     db/                           the job store, the server's
///     run/                          the port, the server's
///     warden/                       the warden's socket, in a folder that is the warden's own
///     lock                          held by the one supervisor that uses the directory
struct DataDirectory {
    let path: String

    init(_ path: String) {
        self.path = path
    }

    var imagesDirectory: String { path + "/images" }
    var databaseDirectory: String { path + "/db" }
    var database: String { databaseDirectory + "/codebox.sqlite" }
    var runDirectory: String { path + "/run" }
    var wardenDirectory: String { path + "/warden" }
    var wardenSocket: String { wardenDirectory + "/warden.sock" }
    var portFile: String { runDirectory + "/port" }

    /// Makes the folders and gives the server its own.
    func prepare(for user: ServiceUser) throws(CodeBoxError) {
        try make(path, mode: 0o755)
        try letPass(user)
        try make(imagesDirectory, mode: 0o755)
        try make(wardenDirectory, mode: 0o755)
        try checkLength()
        for folder in [databaseDirectory, runDirectory] {
            try make(folder, mode: 0o700)
            // Not following links: the folder's content is the server's to arrange.
            guard geteuid() != 0 || lchown(folder, user.uid, user.gid) == 0 else {
                throw CodeBoxError.system(
                    .configurationInvalid, "can't give \(folder) to user \(user.name)")
            }
        }
    }

    /// Takes the directory for this supervisor alone.
    /// - Throws: `configurationInvalid` if another one has it.
    func lock() throws(CodeBoxError) -> Descriptor {
        let file = path + "/lock"
        let number = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else {
            throw CodeBoxError.system(.configurationInvalid, "can't open \(file)")
        }
        let descriptor = Descriptor(number)
        guard flock(descriptor.number, LOCK_EX | LOCK_NB) == 0 else {
            throw CodeBoxError(
                .configurationInvalid,
                "another `codebox serve` uses \(path); stop it, or name another --data-dir")
        }
        return descriptor
    }

    /// To be called as the service user: can it work here?
    func checkAccess(as user: ServiceUser) throws(CodeBoxError) {
        for folder in [databaseDirectory, runDirectory]
        where access(folder, R_OK | W_OK | X_OK) != 0 {
            throw CodeBoxError.system(
                .configurationInvalid,
                "user \(user.name) can't use \(folder); every folder above it must let others pass "
                    + "(chmod o+x), or choose another --data-dir or --user")
        }
        guard access(imagesDirectory, R_OK | X_OK) == 0 else {
            throw CodeBoxError.system(
                .configurationInvalid,
                "user \(user.name) can't read \(imagesDirectory); run: chmod 755 \(imagesDirectory)"
            )
        }
    }

    /// The folder and all above it.
    private func make(_ folder: String, mode: mode_t) throws(CodeBoxError) {
        if mkdir(folder, mode) == 0 { return }
        if errno == ENOENT, let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
            try make(String(folder[..<slash]), mode: 0o755)
            if mkdir(folder, mode) == 0 { return }
        }
        let number = errno
        guard number == EEXIST, let listing = opendir(folder) else {
            throw CodeBoxError.system(
                .configurationInvalid,
                "can't make the folder \(folder); choose another with --data-dir",
                errno: number == EEXIST ? errno : number)
        }
        closedir(listing)
    }

    /// The server must get through the directory to its folders. It is ours, so we may say so.
    private func letPass(_ user: ServiceUser) throws(CodeBoxError) {
        guard geteuid() == 0 else { return }
        let folder = Descriptor(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        let mode = cprocess_file_mode(folder.number)
        guard mode >= 0, mode & 0o001 == 0 else { return }
        guard fchmod(folder.number, mode_t(mode & 0o7777) | 0o001) == 0 else {
            throw CodeBoxError.system(
                .configurationInvalid, "can't let user \(user.name) through \(path)")
        }
    }

    /// A socket's path has room for 107 bytes.
    private func checkLength() throws(CodeBoxError) {
        guard wardenSocket.utf8.count <= 107 else {
            throw CodeBoxError(
                .configurationInvalid,
                "the path \(path) is too long for a socket in it; choose a --data-dir of at most "
                    + "\(107 - "/warden/warden.sock".utf8.count) bytes")
        }
    }
}

import CProcess
import CodeBoxCLI
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
    var tagsDirectory: String { path + "/tags" }
    var databaseDirectory: String { path + "/db" }
    var database: String { databaseDirectory + "/codebox.sqlite" }
    var runDirectory: String { path + "/run" }
    var wardenDirectory: String { path + "/warden" }
    var wardenSocket: String { wardenDirectory + "/warden.sock" }
    var portFile: String { runDirectory + "/port" }

    /// Makes the folders and gives the server its own.
    ///
    /// For root, everything on the way to them must be root's: see ``TrustedPath``. The server's own
    /// folders may be the server's already; nothing in them is looked at.
    func prepare(for user: ServiceUser) throws(CodeBoxError) {
        let trusted = Self.trusted(TrustedPath.ownersOfServices)
        try letPass(user, try trusted.makeFolder(path, mode: 0o755))
        for folder in [imagesDirectory, tagsDirectory, wardenDirectory] {
            _ = try trusted.makeFolder(folder, mode: 0o755)
        }
        try checkLength()
        for folder in [databaseDirectory, runDirectory] {
            try checkFormerOwner(folder, user)
            let opened = try trusted.makeFolder(folder, mode: 0o700, ownedAlsoBy: [user.uid])
            guard geteuid() != 0 || fchown(opened.number, user.uid, user.gid) == 0 else {
                throw CodeBoxError.system(
                    .configurationInvalid, "can't give \(folder) to user \(user.name)")
            }
        }
    }

    /// Another user's store can't be used, nor may root give away what is in it unseen.
    private func checkFormerOwner(_ folder: String, _ user: ServiceUser) throws(CodeBoxError) {
        guard geteuid() == 0 else { return }
        let place = Descriptor(cprocess_open_place(AT_FDCWD, folder, 0))
        var status = cprocess_status()
        guard cprocess_describe(place.number, &status) == 0, status.mode & S_IFMT == S_IFDIR,
            status.uid != 0, status.uid != user.uid
        else { return }
        throw CodeBoxError(
            .configurationInvalid,
            "\(folder) belongs to uid \(status.uid), as whom the server ran before; run: "
                + "chown -R -h \(user.name): \(databaseDirectory) \(runDirectory)",
            field: "user")
    }

    /// Checks what a command reads or changes here as root; a directory that is not there is right.
    func check() throws(CodeBoxError) {
        let trusted = Self.trusted(TrustedPath.ownersOfCommands)
        for folder in [path, imagesDirectory, tagsDirectory, path + "/build", path + "/cache"] {
            try trusted.check(folder)
        }
    }

    private static func trusted(_ owners: Set<uid_t>?) -> TrustedPath {
        TrustedPath("the data directory", otherwise: "choose another --data-dir", owners: owners)
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

    /// The server must get through the directory to its folders. It is ours, so we may say so.
    private func letPass(
        _ user: ServiceUser, _ folder: borrowing Descriptor
    ) throws(CodeBoxError) {
        guard geteuid() == 0 else { return }
        var status = cprocess_status()
        guard cprocess_describe(folder.number, &status) == 0, status.mode & 0o001 == 0 else {
            return
        }
        guard fchmod(folder.number, status.mode & 0o7777 | 0o001) == 0 else {
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

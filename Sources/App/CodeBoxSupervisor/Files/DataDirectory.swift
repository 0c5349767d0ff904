import CLinux
package import CodeBoxCore
import CodeBoxSystem
import Glibc

/// The data directory's layout and owners.
///
/// Other users can pass through the directory itself, no more.
///
///     images/ tags/ build/ cache/   owned by the user who builds images; the server reads them
///     db/                           the job store, owned by the server's user
///     run/                          the port, owned by the server's user
///     warden/                       the warden's socket, owned by the warden's user
///     lock                          held by the one supervisor that uses the directory
package struct DataDirectory {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    package var imagesDirectory: String { path + "/images" }
    package var tagsDirectory: String { path + "/tags" }
    package var databaseDirectory: String { path + "/db" }
    package var database: String { databaseDirectory + "/codebox.sqlite" }
    package var runDirectory: String { path + "/run" }
    var wardenDirectory: String { path + "/warden" }
    package var wardenSocket: String { wardenDirectory + "/warden.sock" }
    package var portFile: String { runDirectory + "/port" }

    /// Creates the folders and gives the server its own.
    ///
    /// If root runs this, root must own the whole path: see ``TrustedPath``. The server's user may
    /// own the server's folders already; their content is not read.
    package func prepare(for user: ServiceUser) throws(CodeBoxError) {
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

    /// Refuses another user's store: root must not give its content to the server unseen.
    private func checkFormerOwner(_ folder: String, _ user: ServiceUser) throws(CodeBoxError) {
        guard geteuid() == 0 else { return }
        let place = Descriptor(cb_open_place(AT_FDCWD, folder, 0))
        var status = cb_file_status()
        guard cb_describe(place.number, &status) == 0, status.mode & S_IFMT == S_IFDIR,
            status.uid != 0, status.uid != user.uid
        else { return }
        throw CodeBoxError(
            .configurationInvalid,
            "\(folder) belongs to uid \(status.uid), which the server ran as before; run: "
                + "chown -R -h \(user.name): \(databaseDirectory) \(runDirectory)",
            field: "user")
    }

    /// Checks the folders that a command reads or changes as root. Missing folders are accepted.
    package func check() throws(CodeBoxError) {
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

    /// Checks that the current user, the service user, can work here.
    package func checkAccess(as user: ServiceUser) throws(CodeBoxError) {
        for folder in [databaseDirectory, runDirectory]
        where access(folder, R_OK | W_OK | X_OK) != 0 {
            throw CodeBoxError.system(
                .configurationInvalid,
                "user \(user.name) can't use \(folder); let other users enter every folder above "
                    + "it (chmod o+x), or choose another --data-dir or --user")
        }
        guard access(imagesDirectory, R_OK | X_OK) == 0 else {
            throw CodeBoxError.system(
                .configurationInvalid,
                "user \(user.name) can't read \(imagesDirectory); run: chmod 755 \(imagesDirectory)"
            )
        }
    }

    /// Lets the server pass through the directory to its folders.
    private func letPass(
        _ user: ServiceUser, _ folder: borrowing Descriptor
    ) throws(CodeBoxError) {
        guard geteuid() == 0 else { return }
        var status = cb_file_status()
        guard cb_describe(folder.number, &status) == 0, status.mode & 0o001 == 0 else {
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

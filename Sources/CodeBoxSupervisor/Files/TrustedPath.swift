import CProcess
package import CodeBoxCore
import Glibc

/// Finds files and folders for root and refuses paths that another user could change, as sshd does
/// with `StrictModes`.
///
/// Every folder on the way, and the file itself, must belong to root or to the user who runs
/// CodeBox. Other users must not be able to write them, except sticky folders such as /tmp.
/// Symbolic links are followed if they belong to one of the two. If this holds, no other user can
/// make the path lead elsewhere, so the file may be opened by its path again.
///
/// For an ordinary user nothing is checked: only files that the user can write are at risk.
package struct TrustedPath: Sendable {
    /// What an error names, e.g. `the data directory`.
    private let what: String
    /// What an error proposes in place of changing owners, e.g. `choose another --data-dir`.
    let alternative: String
    /// The users who may own parts of the path; nil checks nothing.
    private let owners: Set<UInt32>?

    /// Whether owners and modes are checked.
    var isChecking: Bool { owners != nil }

    private static let mostLinks = 40

    package init(_ what: String, otherwise alternative: String, owners: Set<UInt32>?) {
        self.what = what
        self.alternative = alternative
        self.owners = owners
    }

    /// The owners for a long-running service: root, if root starts CodeBox. Otherwise nothing is
    /// checked.
    package static var ownersOfServices: Set<UInt32>? { geteuid() == 0 ? [0] : nil }

    /// The owners for a command: also the user who called sudo.
    package static var ownersOfCommands: Set<UInt32>? {
        guard geteuid() == 0 else { return nil }
        let caller = getenv("SUDO_UID").flatMap { UInt32(String(cString: $0)) }
        return caller.map { [0, $0] } ?? [0]
    }

    // MARK: Looking

    /// The end of a path, without symbolic links.
    package struct Place: ~Copyable {
        /// The folder that holds the entry, opened as a place (O_PATH).
        let folder: Descriptor
        let name: String
        /// The entry, opened as a place.
        let entry: Descriptor
        let status: cprocess_status
        package let path: String
    }

    /// - Parameters:
    ///   - others: further users who may own the entry, but not the folders above it.
    ///   - mode: the mode of created folders; nil creates none.
    /// - Returns: nil if the path does not exist.
    /// - Throws: `configurationInvalid`, naming the part of the path that is at fault.
    package func find(
        _ path: String, ownedAlsoBy others: Set<UInt32> = [], making mode: UInt32? = nil
    ) throws(CodeBoxError) -> Place? {
        var pending = Array(Self.components(of: Self.absolute(path)).reversed())
        var folder = try place("/", in: AT_FDCWD, path)
        var walked = ""
        var links = 0
        while let name = pending.popLast() {
            let isLast = pending.isEmpty
            let here = name == ".." ? walked + "/.." : walked + "/" + name
            if let mode { try make(name, in: folder, mode: isLast ? mode : 0o755, here) }
            let number = cprocess_open_place(folder.number, name, 0)
            if number == -ENOENT { return nil }
            guard number >= 0 else { throw failed("open", here, -number) }
            let entry = Descriptor(number)
            let status = try status(of: entry, here)
            if status.mode & S_IFMT == S_IFLNK {
                try checkOwner(status, here)
                links += 1
                guard links <= Self.mostLinks else { throw failed("follow", here, ELOOP) }
                let target = try readLink(entry, here)
                pending += Self.components(of: target).reversed()
                if target.hasPrefix("/") {
                    folder = try place("/", in: AT_FDCWD, path)
                    walked = ""
                }
                continue
            }
            try check(status, here, isLast: isLast, others)
            if isLast {
                return Place(folder: folder, name: name, entry: entry, status: status, path: here)
            }
            guard status.mode & S_IFMT == S_IFDIR else { throw failed("enter", here, ENOTDIR) }
            folder = entry
            walked = here
        }
        let root = try place("/", in: AT_FDCWD, path)
        let status = try status(of: root, "/")
        return Place(folder: folder, name: ".", entry: root, status: status, path: "/")
    }

    /// Opens a folder; creates it and missing folders above it.
    /// - Parameter others: further users who may own it.
    package func makeFolder(
        _ path: String, mode: UInt32, ownedAlsoBy others: Set<UInt32> = []
    ) throws(CodeBoxError) -> Descriptor {
        guard let place = try find(path, ownedAlsoBy: others, making: mode) else {
            throw failed("open", path, ENOENT)
        }
        let descriptor = Descriptor(
            openat(place.entry.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        guard descriptor.number >= 0 else { throw failed("open", place.path, errno) }
        return descriptor
    }

    /// Checks a path, which need not exist.
    package func check(_ path: String) throws(CodeBoxError) {
        guard owners != nil else { return }
        _ = try find(path)
    }

    // MARK: One step

    private func place(
        _ name: String, in folder: CInt, _ path: String
    ) throws(CodeBoxError) -> Descriptor {
        let number = cprocess_open_place(folder, name, 1)
        guard number >= 0 else { throw failed("open", path, -number) }
        return Descriptor(number)
    }

    private func make(
        _ name: String, in folder: borrowing Descriptor, mode: UInt32, _ path: String
    ) throws(CodeBoxError) {
        // An existing entry is checked like all others.
        guard name != "..", mkdirat(folder.number, name, mode) != 0, errno != EEXIST else { return }
        let number = errno
        guard faccessat(folder.number, name, F_OK, CInt(AT_SYMLINK_NOFOLLOW)) != 0 else { return }
        throw failed("make", path, number)
    }

    private func status(
        of entry: borrowing Descriptor, _ path: String
    ) throws(CodeBoxError) -> cprocess_status {
        var status = cprocess_status()
        let result = cprocess_describe(entry.number, &status)
        guard result == 0 else { throw failed("look at", path, -result) }
        return status
    }

    private func readLink(
        _ entry: borrowing Descriptor, _ path: String
    ) throws(CodeBoxError) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlinkat(entry.number, "", &buffer, buffer.count)
        guard count > 0 else { throw failed("follow", path, errno) }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    // MARK: Judging

    private func check(
        _ status: cprocess_status, _ path: String, isLast: Bool, _ others: Set<UInt32>
    ) throws(CodeBoxError) {
        guard owners != nil else { return }
        if !(isLast && others.contains(status.uid)) { try checkOwner(status, path) }
        let isWritable = status.mode & 0o022 != 0
        // In a sticky folder only the owner of an entry can rename and remove it.
        let isSticky = status.mode & S_IFMT == S_IFDIR && status.mode & 0o1000 != 0
        guard isWritable, isLast || !isSticky else { return }
        let mode = String(status.mode & 0o7777, radix: 8)
        throw refusal(path, "can be written by others (mode \(mode))", "chmod go-w \(path)")
    }

    private func checkOwner(_ status: cprocess_status, _ path: String) throws(CodeBoxError) {
        guard let owners, !owners.contains(status.uid) else { return }
        let user = getpwuid(status.uid).map { "user " + String(cString: $0.pointee.pw_name) }
        throw refusal(
            path, "belongs to \(user ?? "somebody else") (uid \(status.uid))",
            "chown -h root \(path)")
    }

    private func refusal(_ path: String, _ fault: String, _ command: String) -> CodeBoxError {
        CodeBoxError(
            .configurationInvalid,
            "root can't trust \(what): \(path) \(fault), who could replace it; "
                + "run: \(command), or \(alternative)")
    }

    func failed(_ verb: String, _ path: String, _ number: CInt) -> CodeBoxError {
        CodeBoxError(
            .configurationInvalid, "can't \(verb) \(path) for \(what); \(alternative)",
            cause: String(cString: strerror(number)))
    }

    private static func components(of path: String) -> [String] {
        path.split(separator: "/").map(String.init).filter { $0 != "." }
    }

    private static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
        defer { free(here) }
        return String(cString: here) + "/" + path
    }
}

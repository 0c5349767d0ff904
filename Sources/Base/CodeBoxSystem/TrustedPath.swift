import CLinux
package import CodeBoxCore
import Glibc

/// Finds files and folders for root without passing through anything that another user could
/// change, as sshd does with `StrictModes`.
///
/// Every folder on the way, and the thing itself, must belong to root or to the user who runs
/// CodeBox, and must not be writable by others, except for sticky folders such as /tmp. A symbolic
/// link is followed if it belongs to one of the two. Once that holds, no other user can make the
/// same path mean another thing, so the path may be opened by its name again.
///
/// An ordinary user has no more to lose than what they may write, so nothing is checked for them.
package struct TrustedPath: Sendable {
    /// What an error names, e.g. `the data directory`.
    private let what: String
    /// What an error proposes in place of changing owners, e.g. `choose another --data-dir`.
    let alternative: String
    /// The uids that may own what lies on the way; nil checks nothing.
    private let owners: Set<UInt32>?

    /// Whether owners and modes are looked at.
    var isChecking: Bool { owners != nil }

    private static let mostLinks = 40

    package init(_ what: String, otherwise alternative: String, owners: Set<UInt32>?) {
        self.what = what
        self.alternative = alternative
        self.owners = owners
    }

    /// For a long-running service: root alone. Nothing is checked unless root started CodeBox.
    package static var ownersOfServices: Set<UInt32>? { geteuid() == 0 ? [0] : nil }

    /// For a command that a user waits for: root and the user who called sudo.
    package static var ownersOfCommands: Set<UInt32>? {
        guard geteuid() == 0 else { return nil }
        let caller = getenv("SUDO_UID").flatMap { UInt32(String(cString: $0)) }
        return caller.map { [0, $0] } ?? [0]
    }

    // MARK: Looking

    /// Where a path leads, without symbolic links.
    package struct Place: ~Copyable {
        /// The folder that the thing lies in, opened as a place (O_PATH).
        let folder: Descriptor
        let name: String
        /// The thing itself, opened as a place.
        let entry: Descriptor
        let status: cb_file_status
        package let path: String
    }

    /// - Parameters:
    ///   - others: who else may own the thing itself, though not what lies on the way.
    ///   - mode: what missing folders are made with; nil makes none.
    /// - Returns: nil if there is no such thing.
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
            let number = cb_open_place(folder.number, name, 0)
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

    /// Opens a folder, and makes it and those above it if they are missing.
    /// - Parameter others: who else may own it.
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

    /// Checks a path that may be there or not.
    package func check(_ path: String) throws(CodeBoxError) {
        guard owners != nil else { return }
        _ = try find(path)
    }

    // MARK: One step

    private func place(
        _ name: String, in folder: CInt, _ path: String
    ) throws(CodeBoxError) -> Descriptor {
        let number = cb_open_place(folder, name, 1)
        guard number >= 0 else { throw failed("open", path, -number) }
        return Descriptor(number)
    }

    private func make(
        _ name: String, in folder: borrowing Descriptor, mode: UInt32, _ path: String
    ) throws(CodeBoxError) {
        // What is there already is looked at like everything else.
        guard name != "..", mkdirat(folder.number, name, mode) != 0, errno != EEXIST else { return }
        let number = errno
        guard faccessat(folder.number, name, F_OK, CInt(AT_SYMLINK_NOFOLLOW)) != 0 else { return }
        throw failed("make", path, number)
    }

    private func status(
        of entry: borrowing Descriptor, _ path: String
    ) throws(CodeBoxError) -> cb_file_status {
        var status = cb_file_status()
        let result = cb_describe(entry.number, &status)
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
        _ status: cb_file_status, _ path: String, isLast: Bool, _ others: Set<UInt32>
    ) throws(CodeBoxError) {
        guard let owners else { return }
        let fault = TrustFault(
            uid: status.uid, mode: status.mode, owners: isLast ? owners.union(others) : owners,
            isPassed: !isLast)
        switch fault {
        case .owner(let uid): throw refusal(path, ofOwner: uid)
        case .writable(let mode):
            throw refusal(
                path, "can be written by others (mode \(String(mode, radix: 8)))",
                "chmod go-w \(path)")
        case nil: return
        }
    }

    private func checkOwner(_ status: cb_file_status, _ path: String) throws(CodeBoxError) {
        guard let owners, !owners.contains(status.uid) else { return }
        throw refusal(path, ofOwner: status.uid)
    }

    private func refusal(_ path: String, ofOwner uid: UInt32) -> CodeBoxError {
        let user = getpwuid(uid).map { "user " + String(cString: $0.pointee.pw_name) }
        return refusal(
            path, "belongs to \(user ?? "somebody else") (uid \(uid))", "chown -h root \(path)")
    }

    private func refusal(_ path: String, _ fault: String, _ command: String) -> CodeBoxError {
        CodeBoxError(
            .configurationInvalid,
            "root can't trust \(what): \(path) \(fault), who could replace what lies there; "
                + "run: \(command), or \(alternative)")
    }

    func failed(_ verb: String, _ path: String, _ number: CInt) -> CodeBoxError {
        CodeBoxError(
            .configurationInvalid, "can't \(verb) \(path) for \(what); \(alternative)",
            cause: SystemError.text(number))
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

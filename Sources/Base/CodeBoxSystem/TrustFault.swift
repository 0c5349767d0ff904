import Glibc

/// Why root can't rely on a file or folder: another user could change it.
package enum TrustFault: Hashable, Sendable, CustomStringConvertible {
    /// It belongs to this uid, which is not trusted.
    case owner(UInt32)
    /// Its group or everyone may write it (`chmod` bits).
    case writable(mode: UInt32)

    /// - Parameters:
    ///   - owners: the uids that are trusted.
    ///   - isPassed: the folder only lies on the way. A sticky one such as /tmp may then be
    ///     writable: each owner alone renames and removes what is theirs in it.
    init?(uid: UInt32, mode: UInt32, owners: Set<UInt32>, isPassed: Bool) {
        if !owners.contains(uid) {
            self = .owner(uid)
            return
        }
        let isSticky = mode & S_IFMT == S_IFDIR && mode & 0o1000 != 0
        guard mode & 0o022 != 0, !(isPassed && isSticky) else { return nil }
        self = .writable(mode: mode & 0o7777)
    }

    /// What is wrong with an open file or folder that only root may own and write.
    /// - Returns: nil if nothing is wrong, or if this process is not root: an ordinary user has no
    ///   more to lose than what they may write.
    package static func ofRoots(_ fd: CInt) throws(SystemError) -> TrustFault? {
        guard geteuid() == 0 else { return nil }
        var found = stat()
        guard fstat(fd, &found) == 0 else { throw SystemError("fstat") }
        return TrustFault(
            uid: found.st_uid, mode: found.st_mode, owners: [0], isPassed: false)
    }

    package var description: String {
        switch self {
        case .owner(let uid): "it belongs to user \(uid), not to root"
        case .writable: "it can be written by others than root"
        }
    }
}

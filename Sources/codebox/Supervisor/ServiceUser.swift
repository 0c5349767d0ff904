import CodeBoxCore
import Glibc

/// Who the server runs as.
struct ServiceUser {
    var name: String
    var uid: uid_t
    var gid: gid_t

    /// - Throws: `configurationInvalid` if there is no such user, or it is root.
    static func named(_ name: String) throws(CodeBoxError) -> ServiceUser {
        guard let entry = getpwnam(name) else {
            throw CodeBoxError(
                .configurationInvalid,
                "there is no user '\(name)'; make one (useradd --system --shell /usr/sbin/nologin "
                    + "\(name)) or name another with --user",
                field: "user")
        }
        guard entry.pointee.pw_uid != 0 else {
            throw CodeBoxError(
                .configurationInvalid,
                "the server must not run as root; name an ordinary user with --user", field: "user")
        }
        return ServiceUser(name: name, uid: entry.pointee.pw_uid, gid: entry.pointee.pw_gid)
    }

    /// The user that is asked for when started by root; else whoever started CodeBox.
    static func current(setting: String) throws(CodeBoxError) -> ServiceUser {
        guard geteuid() == 0 else {
            return ServiceUser(name: "", uid: geteuid(), gid: getegid())
        }
        return try named(setting)
    }
}

import CodeBoxCore
import Glibc

/// Who the server runs as.
struct ServiceUser {
    /// The user that CodeBox makes for itself.
    static let standardName = "codebox"
    /// The kernel's overflow id, by convention of user `nobody`.
    private static let nobody: uid_t = 65_534

    var name: String
    var uid: uid_t
    var gid: gid_t

    /// - Throws: `configurationInvalid` if there is no such user, or it is root or nobody.
    static func named(_ name: String) throws(CodeBoxError) -> ServiceUser {
        guard let entry = getpwnam(name) else {
            throw CodeBoxError(
                .configurationInvalid,
                "there is no user '\(name)'; run: \(ServiceUserCreation.command(name)), or name "
                    + "another with --user",
                field: "user")
        }
        let user = ServiceUser(name: name, uid: entry.pointee.pw_uid, gid: entry.pointee.pw_gid)
        guard user.uid != 0 else {
            throw CodeBoxError(
                .configurationInvalid,
                "the server must not run as root; name an ordinary user with --user", field: "user")
        }
        // Files and processes of no known user count as nobody's, and other services run as nobody.
        guard name != "nobody", user.uid != nobody else {
            throw CodeBoxError(
                .configurationInvalid,
                "the server must not run as '\(name)' (uid \(user.uid)), which other programs use "
                    + "too; leave --user out, and CodeBox makes a user '\(standardName)', or name "
                    + "one that nothing else runs as",
                field: "user")
        }
        return user
    }

    /// The user that is asked for when started by root; else whoever started CodeBox.
    static func current(setting: String) throws(CodeBoxError) -> ServiceUser {
        guard geteuid() == 0 else {
            return ServiceUser(name: "", uid: geteuid(), gid: getegid())
        }
        return try named(setting)
    }

    /// The same, after making the standard user if that is asked for and missing.
    static func prepared(setting: String) throws(CodeBoxError) -> ServiceUser {
        if geteuid() == 0, setting == standardName, getpwnam(setting) == nil {
            try ServiceUserCreation.run()
        }
        return try current(setting: setting)
    }
}

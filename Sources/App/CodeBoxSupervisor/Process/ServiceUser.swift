package import CodeBoxCore
package import Glibc

/// The user that the server runs as.
package struct ServiceUser {
    /// The user that CodeBox creates for itself.
    package static let standardName = "codebox"
    /// The kernel's overflow id, by convention of user `nobody`.
    private static let nobody: uid_t = 65_534

    package var name: String
    package var uid: uid_t
    package var gid: gid_t

    /// - Throws: `configurationInvalid` if there is no such user, or it is root or nobody.
    package static func named(_ name: String) throws(CodeBoxError) -> ServiceUser {
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
        // The kernel maps unknown users to nobody, and other services run as nobody.
        guard name != "nobody", user.uid != nobody else {
            throw CodeBoxError(
                .configurationInvalid,
                "the server must not run as '\(name)' (uid \(user.uid)), because other programs "
                    + "do; leave out --user, and CodeBox creates a user '\(standardName)', or name "
                    + "a user that no other program runs as",
                field: "user")
        }
        return user
    }

    /// The named user if root started CodeBox; otherwise the current user.
    package static func current(setting: String) throws(CodeBoxError) -> ServiceUser {
        guard geteuid() == 0 else {
            return ServiceUser(name: "", uid: geteuid(), gid: getegid())
        }
        return try named(setting)
    }

    /// Like ``current(setting:)``, but creates the standard user if it is named and missing.
    static func prepared(setting: String) throws(CodeBoxError) -> ServiceUser {
        if geteuid() == 0, setting == standardName, getpwnam(setting) == nil {
            try ServiceUserCreation.run()
        }
        return try current(setting: setting)
    }
}

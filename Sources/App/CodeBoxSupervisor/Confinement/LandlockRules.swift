import CLinux
package import CodeBoxCore
import CodeBoxSystem
import Glibc

/// The rights of a process on files and TCP ports. Landlock denies all others, execution included.
///
/// The rules hold for the files that the paths lead to when the rules are enforced. They do not
/// hold for a file that replaces one of these later, so they name folders if possible.
package struct LandlockRules: Sendable {
    private struct Place: Sendable {
        var path: String
        var access: LandlockAccess.Files
        var isRequired: Bool
    }

    private var places: [Place] = []
    private var ports: [(port: UInt16, access: LandlockAccess.Network)] = []

    package init() {}

    /// Allows rights on a path and all below it, following symbolic links.
    /// - Parameter isRequired: whether a missing path is an error.
    package mutating func allow(
        _ access: LandlockAccess.Files, on path: String, isRequired: Bool = true
    ) {
        places.append(Place(path: path, access: access, isRequired: isRequired))
    }

    /// Allows listening on a TCP port; 0 allows one that the kernel chooses.
    package mutating func allowListening(on port: UInt16) {
        ports.append((port, .bind))
    }

    /// The version of Landlock that this kernel offers; nil if there is none.
    package static var version: Int32? {
        let abi = cb_landlock_abi()
        return abi > 0 ? abi : nil
    }

    /// Confines this process irrevocably. Must run while there is one thread, with no_new_privs
    /// set.
    /// - Returns: false if this kernel has no Landlock; nothing is confined then.
    /// - Throws: `configurationInvalid` for a required path that can't be opened; `internalError`
    ///   if the kernel refuses the rules.
    package func enforce() throws(CodeBoxError) -> Bool {
        guard let abi = Self.version else { return false }
        let files = LandlockAccess.Files.known(to: abi)
        let network = LandlockAccess.Network.known(to: abi)
        let ruleset = Descriptor(
            try Self.check(
                cb_landlock_ruleset(
                    files.rawValue, network.rawValue, LandlockAccess.scopes(knownTo: abi)),
                "make a ruleset"))
        for place in places { try Self.add(place, known: files, to: ruleset) }
        for (port, access) in ports where !network.isDisjoint(with: access) {
            _ = try Self.check(
                cb_landlock_allow_port(ruleset.number, port, access.rawValue),
                "allow port \(port)")
        }
        _ = try Self.check(cb_landlock_enforce(ruleset.number), "confine this process")
        return true
    }

    private static func add(
        _ place: Place, known: LandlockAccess.Files, to ruleset: borrowing Descriptor
    ) throws(CodeBoxError) {
        let opened = Descriptor(cb_open_place(AT_FDCWD, place.path, 1))
        guard opened.number >= 0 else {
            guard place.isRequired else { return }
            throw CodeBoxError(
                .configurationInvalid, "can't open \(place.path), which the server needs",
                cause: String(cString: strerror(-opened.number)))
        }
        var status = cb_file_status()
        _ = try check(cb_describe(opened.number, &status), "look at \(place.path)")
        var access = place.access.intersection(known)
        if status.mode & S_IFMT != S_IFDIR { access.formIntersection(.ofFiles) }
        _ = try check(
            cb_landlock_allow_path(ruleset.number, opened.number, access.rawValue),
            "allow \(place.path)")
    }

    private static func check(_ result: CInt, _ action: String) throws(CodeBoxError) -> CInt {
        guard result < 0 else { return result }
        throw CodeBoxError(
            .internalError, "Landlock: can't \(action)",
            cause: String(cString: strerror(-result)))
    }
}

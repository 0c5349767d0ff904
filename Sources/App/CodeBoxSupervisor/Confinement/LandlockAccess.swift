/// Rights that Landlock can take away (`LANDLOCK_ACCESS_FS_*` and `_NET_*`, linux/landlock.h).
package enum LandlockAccess {
    /// Rights on a file, or on a folder and everything below it.
    package struct Files: OptionSet, Sendable, Hashable {
        package let rawValue: UInt64

        package init(rawValue: UInt64) { self.rawValue = rawValue }

        package static let writeFile = Files(rawValue: 1 << 1)
        package static let readFile = Files(rawValue: 1 << 2)
        package static let readFolder = Files(rawValue: 1 << 3)
        package static let removeFile = Files(rawValue: 1 << 5)
        package static let makeFile = Files(rawValue: 1 << 8)
        package static let truncate = Files(rawValue: 1 << 14)

        package static let reading: Files = [.readFile, .readFolder]
        /// Plain files can be created, changed, renamed within their folder and removed.
        package static let writing: Files = [
            .readFile, .readFolder, .writeFile, .removeFile, .makeFile, .truncate,
        ]

        /// The rights that apply to files; the others apply to folders only.
        package static let ofFiles: Files = [.readFile, .writeFile, .truncate]

        /// Every right that a version of the interface can take away: executing, all kinds of
        /// creation and removal; since 2 links across folders, since 3 truncation, since 5 ioctls
        /// of devices.
        package static func known(to abi: Int32) -> Files {
            switch abi {
            case ..<2: Files(rawValue: (1 << 13) - 1)
            case 2: Files(rawValue: (1 << 14) - 1)
            case 3, 4: Files(rawValue: (1 << 15) - 1)
            default: Files(rawValue: (1 << 16) - 1)
            }
        }
    }

    /// Rights on a TCP port.
    package struct Network: OptionSet, Sendable, Hashable {
        package let rawValue: UInt64

        package init(rawValue: UInt64) { self.rawValue = rawValue }

        package static let bind = Network(rawValue: 1 << 0)
        package static let connect = Network(rawValue: 1 << 1)

        package static func known(to abi: Int32) -> Network { abi < 4 ? [] : [.bind, .connect] }
    }

    /// Other things that stay within the confined process: abstract unix sockets and signals.
    static func scopes(knownTo abi: Int32) -> UInt64 { abi < 6 ? 0 : 1 << 0 | 1 << 1 }
}

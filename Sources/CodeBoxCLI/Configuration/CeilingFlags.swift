package import CodeBoxCore

/// `--ceiling NAME=VALUE`, the flag that all of `limits.ceiling` shares.
package enum CeilingFlags {
    /// - Throws: `configurationInvalid` for a limit that does not exist; values are checked with
    ///   all other settings.
    package static func add(
        _ arguments: [String], to flags: [SettingKey: String]
    ) throws(CodeBoxError) -> [SettingKey: String] {
        var flags = flags
        for argument in arguments {
            let parts = argument.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2,
                let key = SettingKey(rawValue: SettingKey.ceilingPrefix + parts[0])
            else {
                let names = SettingKey.allCases.compactMap(\.ceilingName)
                throw CodeBoxError(
                    .configurationInvalid,
                    "--ceiling \(argument): give NAME=VALUE, where NAME is one of "
                        + names.joined(separator: ", "))
            }
            flags[key] = String(parts[1])
        }
        return flags
    }
}

package import CodeBoxCore

/// `--ceiling NAME=VALUE`, the flag that all of `limits.ceiling` shares.
package enum CeilingFlags {
    /// - Parameter flags: texts by the settings' keys.
    /// - Throws: `configurationInvalid` for a limit that does not exist; values are checked with
    ///   all other settings.
    package static func add(
        _ arguments: [String], to flags: [String: String]
    ) throws(CodeBoxError) -> [String: String] {
        var flags = flags
        for argument in arguments {
            let parts = argument.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let row = Settings.row(Setting.ceilingPrefix + parts[0])
            else {
                let names = Settings.rows.compactMap(\.ceilingName)
                throw CodeBoxError(
                    .configurationInvalid,
                    "--ceiling \(argument): expected NAME=VALUE, where NAME is one of "
                        + names.joined(separator: ", "))
            }
            flags[row.key] = String(parts[1])
        }
        return flags
    }
}

import CodeBoxCore

/// Who sent a request: the holder of an API key, or a client of this machine where there are no keys.
package struct Principal: Hashable, Sendable {
    /// Whether jobs may be forked from a zygote. `zygote=off` in the key file says no for all jobs of
    /// the key, whatever a job says itself.
    package var mayFork = true

    package init() {}

    /// Reads the options that follow a key in the key file.
    /// - Parameter name: the line's name, for the error.
    /// - Throws: `configurationInvalid` for an unknown option. The message does not repeat the option,
    ///   which might be part of a key.
    init(options: some Sequence<Substring>, name: String) throws(CodeBoxError) {
        for option in options {
            switch option {
            case "zygote=off": mayFork = false
            case "zygote=on": break
            default:
                throw CodeBoxError(
                    .configurationInvalid,
                    "API keys, \(name): unknown option after the key; expected one of zygote=off, "
                        + "zygote=on")
            }
        }
    }

    /// Combines the options of a key that is listed twice; the stricter one holds.
    func joined(with other: Principal) -> Principal {
        var joined = self
        joined.mayFork = mayFork && other.mayFork
        return joined
    }
}

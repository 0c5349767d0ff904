import CodeBoxCore

extension Principal.Options {
    /// Reads the options that follow a key in the key file.
    /// - Parameter name: the line's name, for the error.
    /// - Throws: `configurationInvalid` for an unknown option. The message does not repeat the
    ///   option, which might be part of a key.
    init(words: some Sequence<Substring>, name: String) throws(CodeBoxError) {
        self.init()
        for word in words {
            switch word {
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
    func joined(with other: Principal.Options) -> Principal.Options {
        Principal.Options(mayFork: mayFork && other.mayFork)
    }
}

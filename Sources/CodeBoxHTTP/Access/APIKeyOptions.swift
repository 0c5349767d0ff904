import CodeBoxCore

/// What an admin wants done for whoever shows a key; behind it in the key file.
package struct APIKeyOptions: Hashable, Sendable {
    /// `zygote=off`: every job gets an interpreter of its own, whatever it says itself.
    package var ownInterpreter = false

    package init() {}

    /// - Parameter name: the line's, for the error.
    /// - Throws: `configurationInvalid` for an option that is not known. It does not repeat it: it
    ///   might be part of a key.
    init(_ words: some Sequence<Substring>, name: String) throws(CodeBoxError) {
        for word in words {
            switch word {
            case "zygote=off": ownInterpreter = true
            case "zygote=on": break
            default:
                throw CodeBoxError(
                    .configurationInvalid,
                    "API keys, \(name): what stands behind the key is not an option; known: "
                        + "zygote=off, zygote=on")
            }
        }
    }

    /// Of a key that is there twice, the stricter.
    func joined(with other: APIKeyOptions) -> APIKeyOptions {
        var joined = self
        joined.ownInterpreter = ownInterpreter || other.ownInterpreter
        return joined
    }
}

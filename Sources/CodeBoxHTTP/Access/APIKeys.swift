package import CodeBoxCore
import Crypto

/// The keys that let a client in. Only their SHA-256 digests are kept in memory.
package struct APIKeys: Sendable {
    /// Bytes a key has at least, so that it can't be guessed.
    package static let minimumLength = 16

    private var digests: [SHA256Digest] = []

    package var isEmpty: Bool { digests.isEmpty }

    package init() {}

    /// - Throws: `configurationInvalid` for a key that is too short.
    package init(_ keys: [String]) throws(CodeBoxError) {
        for (index, key) in keys.enumerated() { try add(key, name: "key \(index + 1)") }
    }

    /// Reads a key file: one key a line; blank lines and lines that begin with `#` don't count.
    /// - Throws: `configurationInvalid`, naming the line, for a bad key or a file without any.
    package init(fileText: String) throws(CodeBoxError) {
        let lines = fileText.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let key = line.drop(while: \.isWhitespace)
            guard !key.isEmpty, key.first != "#" else { continue }
            try add(String(key), name: "line \(index + 1)")
        }
        if isEmpty {
            throw CodeBoxError(
                .configurationInvalid,
                "The key file holds no key; put one of at least \(Self.minimumLength) characters "
                    + "on a line of its own.")
        }
    }

    private mutating func add(_ key: String, name: String) throws(CodeBoxError) {
        guard key.utf8.count >= Self.minimumLength,
            key.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else {
            throw CodeBoxError(
                .configurationInvalid,
                "API keys, \(name): a key is at least \(Self.minimumLength) visible ASCII characters "
                    + "without spaces; `openssl rand -hex 32` makes a good one.")
        }
        digests.append(SHA256.hash(data: Array(key.utf8)))
    }

    /// Whether `key` is one of them, in a time that tells nothing of how nearly: digests are
    /// compared, in constant time, and all of them always.
    package func contains(_ key: some StringProtocol) -> Bool {
        let digest = SHA256.hash(data: Array(key.utf8))
        var isKnown = false
        for known in digests where known == digest { isKnown = true }
        return isKnown
    }
}

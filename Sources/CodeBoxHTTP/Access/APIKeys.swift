package import CodeBoxCore
import Crypto

/// The keys that let a client in. Only their SHA-256 digests are kept in memory.
package struct APIKeys: Sendable {
    /// Bytes a key has at least, so that it can't be guessed.
    package static let minimumLength = 16

    private struct Entry {
        var digest: SHA256Digest
        var options: APIKeyOptions
    }

    private var entries: [Entry] = []

    package var isEmpty: Bool { entries.isEmpty }

    package init() {}

    /// - Throws: `configurationInvalid` for a key that is too short.
    package init(_ keys: [String]) throws(CodeBoxError) {
        for (index, key) in keys.enumerated() {
            try add(key, APIKeyOptions(), name: "key \(index + 1)")
        }
    }

    /// Reads a key file: one key a line, its options behind it (``APIKeyOptions``); blank lines and
    /// lines that begin with `#` don't count.
    /// - Throws: `configurationInvalid`, naming the line, for a bad key or option, or a file without
    ///   any key.
    package init(fileText: String) throws(CodeBoxError) {
        let lines = fileText.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let key = words.first, key.first != "#" else { continue }
            let name = "line \(index + 1)"
            try add(String(key), try APIKeyOptions(words.dropFirst(), name: name), name: name)
        }
        if isEmpty {
            throw CodeBoxError(
                .configurationInvalid,
                "The key file holds no key; put one of at least \(Self.minimumLength) characters "
                    + "on a line of its own.")
        }
    }

    private mutating func add(_ key: String, _ options: APIKeyOptions, name: String)
        throws(CodeBoxError)
    {
        guard key.utf8.count >= Self.minimumLength,
            key.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else {
            throw CodeBoxError(
                .configurationInvalid,
                "API keys, \(name): a key is at least \(Self.minimumLength) visible ASCII characters "
                    + "without spaces; `openssl rand -hex 32` makes a good one.")
        }
        entries.append(
            Entry(digest: SHA256.hash(data: Array(key.utf8)), options: options))
    }

    /// What is to be done for a key; nil if it is none of them. The time it takes tells nothing of
    /// how nearly it is one: digests are compared, in constant time, and all of them always.
    package func options(of key: some StringProtocol) -> APIKeyOptions? {
        let digest = SHA256.hash(data: Array(key.utf8))
        var found: APIKeyOptions?
        for entry in entries where entry.digest == digest {
            found = found?.joined(with: entry.options) ?? entry.options
        }
        return found
    }
}

package import CodeBoxCore
import Crypto

/// The API keys that clients may present. Only their SHA-256 digests are kept in memory.
package struct APIKeys: Sendable {
    /// The least length of a key in bytes; shorter ones could be guessed.
    package static let minimumLength = 16

    private struct Entry {
        var digest: SHA256Digest
        var options: Principal.Options
    }

    private var entries: [Entry] = []

    package var isEmpty: Bool { entries.isEmpty }

    package init() {}

    /// - Throws: `configurationInvalid` for a key that is too short.
    package init(_ keys: [String]) throws(CodeBoxError) {
        for (index, key) in keys.enumerated() {
            try add(key, Principal.Options(), name: "key \(index + 1)")
        }
    }

    /// Reads a key file: one key a line, which its options may follow. Blank lines and
    /// lines that begin with `#` are ignored.
    /// - Throws: `configurationInvalid` for a bad key or option, naming its line, and for a file
    ///   without a key.
    package init(fileText: String) throws(CodeBoxError) {
        let lines = fileText.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let key = words.first, key.first != "#" else { continue }
            let name = "line \(index + 1)"
            try add(
                String(key), Principal.Options(words: words.dropFirst(), name: name), name: name)
        }
        if isEmpty {
            throw CodeBoxError(
                .configurationInvalid,
                "The key file holds no key; add one of at least \(Self.minimumLength) characters on "
                    + "its own line.")
        }
    }

    private mutating func add(_ key: String, _ options: Principal.Options, name: String)
        throws(CodeBoxError)
    {
        guard key.utf8.count >= Self.minimumLength,
            key.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else {
            throw CodeBoxError(
                .configurationInvalid,
                "API keys, \(name): a key has at least \(Self.minimumLength) visible ASCII characters "
                    + "and no spaces; `openssl rand -hex 32` makes a good one.")
        }
        entries.append(Entry(digest: SHA256.hash(data: Array(key.utf8)), options: options))
    }

    /// Returns the principal that a key stands for; nil if the key is unknown.
    ///
    /// The time it takes does not tell how close a guess is: all digests are compared, each in
    /// constant time.
    package func principal(of key: some StringProtocol) -> Principal? {
        let digest = SHA256.hash(data: Array(key.utf8))
        var found: Principal.Options?
        for entry in entries where entry.digest == digest {
            found = found?.joined(with: entry.options) ?? entry.options
        }
        return found.map { Principal(options: $0) }
    }
}

import CodeBoxCore
import Foundation

/// Checks what apt fetched once more, from the signature down to each package: so a build can say
/// what it rests on, and notices an apt that was configured to trust without a signature.
struct DebianVerification {
    /// apt's lists: `<mirror>_dists_<suite>_InRelease` and the package indexes of each.
    let lists: String
    /// The packages' archives.
    let archives: String
    let scratch: String
    let cancellation: BuildCancellation
    var keyrings = Self.systemKeyrings()

    /// - Parameter packages: names of the archives that are in the image.
    /// - Returns: what was verified, a sentence for each.
    /// - Throws: `imageFailed`, naming the file that nothing vouches for.
    func run(_ packages: [String]) throws(CodeBoxError) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: lists))?.sorted() ?? []
        var said: [String] = []
        var indexes: [String] = []
        for name in names where name.hasSuffix(Self.releaseSuffix) {
            let prefix = String(name.dropLast(Self.releaseSuffix.count)) + "_"
            let release = try signed(name)
            let own = names.filter { $0.hasPrefix(prefix) && $0.hasSuffix("_Packages") }
            for index in own {
                try check(index, named: index.dropFirst(prefix.count), in: release.text)
            }
            indexes += own.map { "\(lists)/\($0)" }
            said.append(
                "the release file of \(Self.suite(prefix)) is signed by \(release.signer), and its "
                    + "sums fit \(own.count) package \(own.count == 1 ? "index" : "indexes")")
        }
        try check(packages, in: indexes)
        said.append("the sha256 sums of \(packages.count) packages are in these indexes")
        return said
    }

    private static let releaseSuffix = "_InRelease"

    private static func suite(_ prefix: String) -> String {
        let parts = prefix.components(separatedBy: "_dists_")
        return (parts.last ?? prefix).trimmingCharacters(in: ["_"])
    }

    /// The keys that this machine's apt trusts for Debian.
    private static func systemKeyrings() -> [String] {
        let folder = "/etc/apt/trusted.gpg.d"
        let own = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return ["/usr/share/keyrings/debian-archive-keyring.gpg"]
            + own.filter { $0.hasSuffix(".gpg") }.sorted().map { "\(folder)/\($0)" }
    }

    // MARK: The release file

    private func signed(_ name: String) throws(CodeBoxError) -> (text: String, signer: String) {
        let content = scratch + "/release"
        try File.removeTree(content)
        var words = ["--status-fd", "1", "--output", content]
        for keyring in keyrings where access(keyring, R_OK) == 0 {
            words += ["--keyring", keyring]
        }
        // gpgv ends with 2 if it lacks the key of one signature of several.
        let status = try HostTool(
            command: ["sh", "-c", "gpgv \"$@\" || test $? = 2", "gpgv"] + words
                + ["\(lists)/\(name)"],
            environment: ["LC_ALL": "C.UTF-8"], package: "gpgv debian-archive-keyring"
        ).run(cancellation: cancellation)
        func values(_ key: String) -> [String] {
            let mark = "[GNUPG:] \(key) "
            return status.filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
        }
        guard values("BADSIG").isEmpty, !values("VALIDSIG").isEmpty,
            let signer = values("GOODSIG").first, let text = try? RuntimeFolder.read(content)
        else {
            throw CodeBoxError(
                .imageFailed,
                "the release file \(name) has no valid signature of a key that this machine "
                    + "trusts; install debian-archive-keyring, or name another mirror in "
                    + "CODEBOX_DEBIAN_MIRROR",
                cause: status.filter { $0.hasPrefix("gpgv: ") }.joined(separator: "\n"))
        }
        // "KEY name <address>"
        return (text, signer.split(separator: "<")[0].trimmingCharacters(in: .whitespaces))
    }

    /// - Parameter named: the index's path in the release file, with `_` for `/`.
    private func check(
        _ index: String, named name: Substring, in release: String
    ) throws(CodeBoxError) {
        let path = name.split(separator: "_").joined(separator: "/")
        let sum = try TreeDigest.ofFile("\(lists)/\(index)")
        let sums = release.components(separatedBy: "\nSHA256:\n").last ?? ""
        let isListed = sums.split(separator: "\n").contains { line in
            let fields = line.split(separator: " ")
            return fields.count == 3 && fields[0] == sum && fields[2] == path
        }
        guard isListed else {
            throw CodeBoxError(
                .imageFailed,
                "the package index \(index) is not the one that its release file signs")
        }
    }

    // MARK: Packages

    private func check(_ packages: [String], in indexes: [String]) throws(CodeBoxError) {
        var missing: [String: String] = [:]
        for package in packages {
            missing["SHA256: " + (try TreeDigest.ofFile("\(archives)/\(package)"))] = package
        }
        guard !indexes.isEmpty else {
            throw CodeBoxError(.imageFailed, "apt left no package index to check packages by")
        }
        let patterns = scratch + "/sums"
        try File.removeTree(patterns)
        try File.write(missing.keys.map { $0 + "\n" }.joined(), to: patterns)
        // An index has 60 MB, which grep reads in a moment. It ends with 1 if it finds nothing.
        let found = scratch + "/found"
        try File.removeTree(found)
        try HostTool(
            command: ["sh", "-c", "grep -hFxf \"$@\" || test $? = 1", "grep", patterns] + indexes,
            package: "grep"
        ).run(output: found, cancellation: cancellation)
        for line in try RuntimeFolder.read(found).split(separator: "\n") {
            missing[String(line)] = nil
        }
        guard missing.isEmpty else {
            throw CodeBoxError(
                .imageFailed,
                "no signed index has the sha256 of "
                    + missing.values.sorted().joined(separator: ", ")
                    + "; remove cache/ in the data directory and build again")
        }
    }
}

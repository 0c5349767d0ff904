import CodeBoxCore
import Foundation
import Testing

@testable import CodeBoxRuntimes

/// With a mirror's files and a key of the test's own.
@Suite(.timeLimit(.minutes(1)))
struct DebianVerificationTests {
    private let scratch: Scratch
    private let cancellation = BuildCancellation()
    private static let prefix = "mirror_debian_dists_trixie"

    init() throws { scratch = try Scratch() }

    private func gpg(_ arguments: [String]) throws {
        try HostTool(
            command: ["gpg", "--batch", "--quiet", "--passphrase", ""] + arguments,
            environment: ["GNUPGHOME": scratch.path + "/keys"], package: "gnupg"
        ).run(cancellation: cancellation)
    }

    /// Lays down a release file that is signed, its index, and a package of the index.
    private func layMirror() throws -> DebianVerification {
        let path = scratch.path
        try scratch.write("a package", to: "archives/tool_1.0_all.deb")
        let sum = try TreeDigest.ofFile(path + "/archives/tool_1.0_all.deb")
        let index = "lists/\(Self.prefix)_main_binary-amd64_Packages"
        try scratch.write("Package: tool\nSHA256: \(sum)\n\n", to: index)
        let indexSum = try TreeDigest.ofFile("\(path)/\(index)")
        try scratch.write(
            "Suite: stable\nMD5Sum:\n 00 1 main/binary-amd64/Packages\nSHA256:\n"
                + " \(indexSum)  40 main/binary-amd64/Packages\n", to: "release")
        try scratch.write("", to: "work/none")
        try File.createDirectory(path + "/keys")
        try #require(chmod(path + "/keys", 0o700) == 0)
        try gpg(["--quick-generate-key", "Mirror <m@localhost>", "ed25519", "sign", "never"])
        try gpg(["--output", path + "/trusted.gpg", "--export"])
        let release = "\(path)/lists/\(Self.prefix)_InRelease"
        try gpg(["--output", release, "--clearsign", path + "/release"])
        try HostTool(
            command: ["gpgconf", "--kill", "all"], environment: ["GNUPGHOME": path + "/keys"],
            package: "gnupg"
        ).run(cancellation: cancellation)
        return DebianVerification(
            lists: path + "/lists", archives: path + "/archives", scratch: path + "/work",
            cancellation: cancellation, keyrings: [path + "/trusted.gpg"])
    }

    private func refusal(_ verification: DebianVerification) -> CodeBoxError? {
        #expect(throws: CodeBoxError.self) { try verification.run(["tool_1.0_all.deb"]) }
    }

    @Test("a signature, its index and the package's sum are verified and named")
    func good() throws {
        let said = try layMirror().run(["tool_1.0_all.deb"])
        #expect(
            said == [
                "the release file of trixie is signed by " + said[0].split(separator: " ")[8]
                    + " Mirror, and its sums fit 1 package index",
                "the sha256 sums of 1 packages are in these indexes",
            ])
    }

    @Test("a release file that no trusted key has signed is refused")
    func unknownKey() throws {
        var verification = try layMirror()
        verification.keyrings = ["/usr/share/keyrings/debian-archive-keyring.gpg"]
        #expect(refusal(verification)?.message.contains("no valid signature") == true)
    }

    @Test("a release file that was changed after it was signed is refused")
    func changedRelease() throws {
        let verification = try layMirror()
        let file = "\(scratch.path)/lists/\(Self.prefix)_InRelease"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try scratch.write(
            text.replacingOccurrences(of: "stable", with: "unstable"),
            to: "lists/\(Self.prefix)_InRelease")
        #expect(refusal(verification)?.code == .imageFailed)
    }

    @Test("an index that is not the signed one, and a package that no index has, are refused")
    func changedContent() throws {
        let verification = try layMirror()
        try scratch.write("another package", to: "archives/tool_1.0_all.deb")
        let package = refusal(verification)
        #expect(package?.message.contains("no signed index has the sha256 of tool_1.0_all") == true)
        let sum = try TreeDigest.ofFile(scratch.path + "/archives/tool_1.0_all.deb")
        let index = "lists/\(Self.prefix)_main_binary-amd64_Packages"
        try scratch.write("Package: tool\nSHA256: \(sum)\n\n", to: index)
        #expect(
            refusal(verification)?.message.contains("is not the one that its release file signs")
                == true)
    }
}

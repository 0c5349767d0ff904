import CodeBoxCore
import Foundation
import Testing

@testable import CodeBoxRuntimes

struct TreeDigestTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("one", to: "tree/a/file")
        try scratch.write("two", to: "tree/b")
        try FileManager.default.createSymbolicLink(
            atPath: path("link"), withDestinationPath: "a/file")
        chmod(path("a"), 0o755)
        chmod(path("a/file"), 0o644)
        chmod(path("b"), 0o755)
    }

    private func path(_ relative: String) -> String { "\(scratch.path)/tree/\(relative)" }

    private func digest() throws(CodeBoxError) -> String {
        try TreeDigest.compute(scratch.path + "/tree")
    }

    /// As another program computes it.
    private func sha256(_ text: String) throws -> String {
        try scratch.write(text, to: "hashed")
        let lines = try HostTool(
            command: ["sha256sum", scratch.path + "/hashed"], package: "coreutils"
        ).run(cancellation: BuildCancellation())
        return String(try #require(lines.first).prefix(64))
    }

    @Test("the digest is the sha256 of the listing that is documented")
    func listing() throws {
        let fields = [
            ["d", "0755", "", "", "a"],
            ["f", "0644", "3", try sha256("one"), "a/file"],
            ["f", "0755", "3", try sha256("two"), "b"],
            ["l", "", "", "a/file", "link"],
        ]
        let expected = try sha256(fields.joined().map { $0 + "\0" }.joined())
        #expect(try digest() == expected)
        #expect(TreeDigest.isDigest(expected))
    }

    @Test("it changes with content, mode, name, link target and a new entry")
    func changes() throws {
        let changes: [() throws -> Void] = [
            { try scratch.write("oNe", to: "tree/a/file") },
            { chmod(path("a/file"), 0o600) },
            { chmod(path("a"), 0o700) },
            { rename(path("b"), path("c")) },
            {
                unlink(path("link"))
                symlink("a/other", path("link"))
            },
            { try scratch.write("", to: "tree/a/new") },
            { mkdir(path("empty"), 0o755) },
        ]
        var seen = [try digest()]
        for change in changes {
            try change()
            seen.append(try digest())
        }
        #expect(Set(seen).count == changes.count + 1)
    }

    @Test("it does not change with times, nor with the order of creation")
    func stays() throws {
        let before = try digest()
        for name in ["a", "a/file", "b", "link"] {
            utimensat(AT_FDCWD, path(name), [timespec(), timespec()], AT_SYMLINK_NOFOLLOW)
        }
        #expect(try digest() == before)
        try FileManager.default.moveItem(atPath: path("a"), toPath: path("z"))
        try FileManager.default.moveItem(atPath: path("z"), toPath: path("a"))
        #expect(try digest() == before)
    }

    @Test("content can't pass for structure: moving bytes between name, target and content shows")
    func unambiguous() throws {
        let first = try Scratch()
        try first.write("x", to: "tree/f\n1")
        let second = try Scratch()
        try second.write("1x", to: "tree/f\n")
        #expect(
            try TreeDigest.compute(first.path + "/tree")
                != TreeDigest.compute(second.path + "/tree"))
    }

    @Test("a pipe in the tree and a tree that is not there are errors")
    func refuses() throws {
        mkfifo(path("pipe"), 0o644)
        #expect(throws: CodeBoxError.self) { try digest() }
        #expect(throws: CodeBoxError.self) { try TreeDigest.compute(scratch.path + "/none") }
    }
}

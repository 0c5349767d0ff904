import CodeBoxSupervisor
import CodeBoxCore
import Foundation
import Glibc
import Testing

/// Needs root: only root can make what belongs to others.
@Suite("TrustedPath")
struct TrustedPathTests {
    /// A folder in /tmp, which is sticky and everybody's; gone after the test.
    private final class Folder {
        let path: String

        init() throws {
            try #require(geteuid() == 0, "run the tests as root: this one gives files to others")
            path = "/tmp/codebox-trust-\(UUID().uuidString)"
            try #require(mkdir(path, 0o755) == 0)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func folder(_ name: String, owner: uid_t = 0, mode: mode_t = 0o755) throws -> String {
            let folder = path + "/" + name
            try #require(mkdir(folder, mode) == 0)
            try #require(chmod(folder, mode) == 0 && lchown(folder, owner, 0) == 0)
            return folder
        }

        func file(_ name: String, _ text: String, owner: uid_t = 0, mode: mode_t = 0o600) throws
            -> String
        {
            let file = path + "/" + name
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            try #require(chmod(file, mode) == 0 && lchown(file, owner, 0) == 0)
            return file
        }

        func link(_ name: String, to target: String, owner: uid_t = 0) throws -> String {
            let link = path + "/" + name
            try #require(symlink(target, link) == 0 && lchown(link, owner, 0) == 0)
            return link
        }
    }

    private static let stranger: uid_t = 12_345
    private let trusted = TrustedPath("the test", otherwise: "choose another", owners: [0])

    private func refusal(_ body: () throws -> Void) -> String {
        let error = #expect(throws: CodeBoxError.self) { try body() }
        #expect(error?.code == .configurationInvalid)
        return error?.message ?? ""
    }

    @Test("a folder that root alone can change is taken, below a sticky one too")
    func plain() throws {
        let folder = try Folder()
        try trusted.check(folder.path)
        try trusted.check(folder.path + "/is/not/there")
        let made = try trusted.makeFolder(folder.path + "/a/b/c", mode: 0o700)
        #expect(made.number >= 0)
        var status = stat()
        #expect(stat(folder.path + "/a/b/c", &status) == 0 && status.st_mode & 0o7777 == 0o700)
        #expect(stat(folder.path + "/a/b", &status) == 0 && status.st_mode & 0o7777 == 0o755)
    }

    @Test("a folder of another user's anywhere on the way is refused by its name")
    func foreignOwner() throws {
        let folder = try Folder()
        let theirs = try folder.folder("theirs", owner: Self.stranger)
        for path in [theirs, theirs + "/data", theirs + "/data/db"] {
            let message = refusal { _ = try trusted.makeFolder(path, mode: 0o755) }
            #expect(message.contains("\(theirs) belongs to somebody else (uid 12345)"))
            #expect(message.contains("chown -h root \(theirs), or choose another"))
        }
        #expect(access(theirs + "/data", F_OK) != 0, "nothing was made")
        try TrustedPath("the test", otherwise: "", owners: nil).check(theirs + "/data")
    }

    @Test("a folder that others can write is refused, sticky ones only as the thing itself")
    func writable() throws {
        let folder = try Folder()
        for (name, mode) in [("world", 0o777), ("group", 0o775)] as [(String, mode_t)] {
            let open = try folder.folder(name, mode: mode)
            let message = refusal { try trusted.check(open) }
            let digits = String(mode, radix: 8)
            #expect(message.contains("\(open) can be written by others (mode \(digits))"))
            _ = try folder.folder(name + "/below")
            #expect(refusal { try trusted.check(open + "/below") }.contains("chmod go-w \(open),"))
        }
        let sticky = try folder.folder("sticky", mode: 0o1777)
        _ = try folder.folder("sticky/ours")
        try trusted.check(sticky + "/ours")
        _ = refusal { try trusted.check(sticky) }
        _ = try folder.folder("sticky/theirs", owner: Self.stranger)
        _ = refusal { try trusted.check(sticky + "/theirs") }
    }

    @Test("a symbolic link is followed if it is root's, and so is what it leads to")
    func links() throws {
        let folder = try Folder()
        let target = try folder.folder("target")
        try trusted.check(try folder.link("ours", to: "target"))
        try trusted.check(try folder.link("absolute", to: target) + "/new")
        try trusted.check(try folder.link("up", to: "target/../target"))
        let theirs = try folder.link("theirs", to: "target", owner: Self.stranger)
        #expect(refusal { try trusted.check(theirs) }.contains("\(theirs) belongs to"))
        let open = try folder.folder("open", mode: 0o777)
        let through = try folder.link("through", to: open + "/x")
        #expect(refusal { try trusted.check(through) }.contains("\(open) can be written"))
        let loop = try folder.link("loop", to: "loop")
        #expect(refusal { try trusted.check(loop) }.contains("can't follow"))
    }

    @Test("the thing itself may be another's where that is said, what lies above may not")
    func others() throws {
        let folder = try Folder()
        let theirs = try folder.folder("theirs", owner: Self.stranger, mode: 0o700)
        _ = try trusted.makeFolder(theirs, mode: 0o700, ownedAlsoBy: [Self.stranger])
        _ = refusal {
            _ = try trusted.makeFolder(
                theirs + "/deeper", mode: 0o700, ownedAlsoBy: [Self.stranger])
        }
    }

    @Test("a secret is read from a plain file of root's or a named user's that is not open to all")
    func secrets() throws {
        let folder = try Folder()
        func read(_ path: String) throws -> String {
            let bytes = try trusted.read(
                path, isSecret: true, limit: 1000, ownedAlsoBy: [Self.stranger])
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(try read(folder.file("a", "ours")) == "ours")
        #expect(try read(folder.file("b", "theirs", owner: Self.stranger)) == "theirs")
        let third = try folder.file("c", "hidden", owner: 54_321)
        #expect(refusal { _ = try read(third) }.contains("belongs to"))
        let readable = try folder.file("d", "hidden", mode: 0o604)
        #expect(refusal { _ = try read(readable) }.contains("chmod 600"))
        let writable = try folder.file("e", "hidden", mode: 0o620)
        #expect(refusal { _ = try read(writable) }.contains("can be written by others"))
        let long = try folder.file("f", String(repeating: "x", count: 1001))
        #expect(refusal { _ = try read(long) }.contains("can't read"))
        try #require(link(folder.path + "/a", folder.path + "/g") == 0)
        #expect(refusal { _ = try read(folder.path + "/g") }.contains("more than one name"))
        #expect(refusal { _ = try read(folder.path + "/h") }.contains("can't read"))
    }

    @Test("a pipe, a device or a folder in a file's place is refused without waiting for it")
    func noPlainFile() throws {
        let folder = try Folder()
        try #require(mkfifo(folder.path + "/fifo", 0o600) == 0)
        for path in [folder.path + "/fifo", "/dev/null", folder.path] {
            let message = refusal { _ = try trusted.read(path, limit: 1000) }
            #expect(message.contains("not a plain file") || message.contains("can be written"))
        }
    }
}

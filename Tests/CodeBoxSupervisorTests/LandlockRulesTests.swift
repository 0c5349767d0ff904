import CodeBoxSupervisor
import Foundation
import Glibc
import Testing

/// Runs `server-probe`, which confines itself as the server does, beside this test bundle.
@Suite("LandlockRules")
struct LandlockRulesTests {
    /// A folder that the probe may write in, one that it may read, and one that it may not know of.
    private final class Folders {
        let path = "/tmp/codebox-landlock-\(UUID().uuidString)"
        var own: String { path + "/own" }
        var readable: String { path + "/readable" }
        var other: String { path + "/other" }

        init() throws {
            for folder in [own, readable, other] {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true)
                try Data("text".utf8).write(to: URL(fileURLWithPath: folder + "/file"))
            }
            try FileManager.default.copyItem(atPath: "/bin/true", toPath: own + "/true")
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    /// The errno of each action.
    private func probe(
        _ layers: String, _ folders: Folders, port: Int = 0, _ actions: [String]
    ) throws -> [CInt] {
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: bundle).deletingLastPathComponent()
            .appendingPathComponent("server-probe")
        process.arguments =
            [layers, folders.own, folders.readable, String(port)] + actions
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            .compactMap { CInt($0) }
    }

    private func compare(
        _ folders: Folders, _ expected: [(String, CInt)], layers: String = "landlock", port: Int = 0
    ) throws {
        let found = try probe(layers, folders, port: port, expected.map(\.0))
        try #require(found.count == expected.count)
        for (errno, (action, wanted)) in zip(found, expected) {
            #expect(errno == wanted, "\(action)")
        }
    }

    @Test("the server writes in its own folders, reads those it needs, and opens nothing else")
    func files() throws {
        let folders = try Folders()
        try compare(
            folders,
            [
                ("read=\(folders.own)/file", 0), ("write=\(folders.own)/file", 0),
                ("truncate=\(folders.own)/file", 0), ("create=\(folders.own)/new", 0),
                ("move=\(folders.own)/new", 0), ("remove=\(folders.own)/new.moved", 0),
                ("list=\(folders.own)", 0),
                ("read=\(folders.readable)/file", 0), ("list=\(folders.readable)", 0),
                ("write=\(folders.readable)/file", EACCES),
                ("create=\(folders.readable)/new", EACCES),
                ("remove=\(folders.readable)/file", EACCES),
                ("move=\(folders.readable)/file", EACCES),
                ("read=\(folders.other)/file", EACCES), ("list=\(folders.other)", EACCES),
                ("write=\(folders.other)/file", EACCES), ("create=\(folders.other)/new", EACCES),
                ("create=/tmp/codebox-landlock-new", EACCES), ("list=/", EACCES),
                ("list=/root", EACCES), ("list=/tmp", EACCES), ("list=/home", EACCES),
                ("read=/etc/hosts", 0), ("write=/etc/hosts", EACCES),
                ("read=/proc/self/status", 0), ("write=/proc/self/oom_score_adj", EACCES),
                ("write=/proc/sys/kernel/core_pattern", EACCES), ("write=/dev/null", 0),
            ])
    }

    @Test("the server makes plain files only, and executes nothing, not even with root's ids")
    func kinds() throws {
        let folders = try Folders()
        try compare(
            folders,
            [
                ("folder=\(folders.own)/folder", EACCES), ("link=\(folders.own)/link", EACCES),
                ("fifo=\(folders.own)/fifo", EACCES),
                ("exec=\(folders.own)/true", EACCES), ("exec=/bin/true", EACCES),
                ("exec=/usr/bin/env", EACCES),
            ])
    }

    @Test("the server listens on its port alone and connects to none")
    func ports() throws {
        let folders = try Folders()
        try compare(folders, [("bind=0", 0), ("bind=47001", EACCES), ("connect=47001", EACCES)])
        try compare(
            folders,
            [("bind=47001", 0), ("bind=0", EACCES), ("connect=22", EACCES)], port: 47_001)
    }

    @Test("the server signals nobody outside of itself")
    func signals() throws {
        let folders = try Folders()
        try compare(
            folders,
            [("signal=\(getpid())", EPERM), ("signal=1", EPERM), ("signal=0", 0)])
    }

    @Test("with the filter on too, threads begin and host names are found")
    func both() throws {
        let folders = try Folders()
        try compare(
            folders,
            [
                ("thread", 0), ("resolve=localhost", 0), ("create=\(folders.own)/both", 0),
                ("move=\(folders.own)/both", 0), ("bind=0", 0), ("exec=/bin/true", EPERM),
                ("signal=0", EPERM), ("folder=\(folders.own)/folder", EPERM),
            ], layers: "both")
    }
}

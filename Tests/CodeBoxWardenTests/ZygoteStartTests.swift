import SandboxTestSupport
import CodeBoxSandbox
import CodeBoxSandboxClient
import CodeBoxCore
import CodeBoxWarden
import Foundation
import Testing

@Suite("Start records", .serialized, .timeLimit(.minutes(2)))
struct ZygoteStartTests {
    private static let start = ZygoteStart(
        kind: .python, arguments: ["/usr/bin/python3", "--mib={heap_mib}", "main.py"],
        environment: ["PATH=/usr/bin", "LANG=C.UTF-8", "MIB={heap_mib}"])

    @Test("a record is read back as it was written, and only the heap's size is put into it")
    func roundTrip() throws {
        let bytes = try Self.start.encoded()
        #expect(bytes.last == 0)
        #expect(try ZygoteStart(parsing: bytes, file: "f") == Self.start)
        #expect(
            Self.start.arguments(heapMiB: 160) == ["/usr/bin/python3", "--mib=160", "main.py"])
        #expect(
            Self.start.environment(heapMiB: 160) == ["PATH=/usr/bin", "LANG=C.UTF-8", "MIB=160"])
    }

    @Test("variants are read back, too, and a zygote gets those that are chosen")
    func variants() throws {
        var start = Self.start
        start.variants = ["SEED=0", "LANG=C"]
        #expect(try ZygoteStart(parsing: try start.encoded(), file: "f") == start)
        #expect(start.environment(variants: 0) == start.environment)
        #expect(start.environment(variants: 1) == start.environment + ["SEED=0"])
        #expect(
            start.environment(variants: 3) == [
                "PATH=/usr/bin", "MIB={heap_mib}", "SEED=0", "LANG=C",
            ])
        #expect(start.environment(variants: 4) == nil)
        #expect(start.environment(variants: .max) == nil)
    }

    @Test("what can't be read back is not written")
    func refusesToWrite() {
        var start = Self.start
        start.environment = ["A=1\0B=2"]
        #expect(throws: CodeBoxError.self) { try start.encoded() }
        start.environment = ["A=" + String(repeating: "x", count: ZygoteStart.maximumBytes)]
        #expect(throws: CodeBoxError.self) { try start.encoded() }
        start.environment = (0..<ZygoteStart.maximumStrings).map { "A\($0)=" }
        #expect(throws: CodeBoxError.self) { try start.encoded() }
        start = Self.start
        start.variants = (0...ZygoteStart.maximumVariants).map { "A\($0)=" }
        #expect(throws: CodeBoxError.self) { try start.encoded() }
    }

    @Test("a record that is damaged anywhere is refused by name, or reads as another whole one")
    func damaged() throws {
        let bytes = try Self.start.encoded()
        let wrong: [[UInt8]] =
            [[], [0], Array("codebox-zygote-start 2".utf8) + [0], bytes + [0], bytes + [65, 0]]
            + (1..<bytes.count).map { Array(bytes.prefix($0)) }
            + [Array(repeating: 0, count: ZygoteStart.maximumBytes + 1)]
        for bytes in wrong {
            let error = #expect(throws: CodeBoxError.self) {
                try ZygoteStart(parsing: bytes, file: "images/ab/zygote.start")
            }
            #expect(error?.message.contains("images/ab/zygote.start") == true)
        }
        for index in bytes.indices {
            for value in [0, 1, 0x2f, 0x39, 0xff] as [UInt8] {
                var changed = bytes
                changed[index] = value
                // No count can lead outside of the record.
                _ = try? ZygoteStart(parsing: changed, file: "f")
            }
        }
    }

    /// Runs the body with a folder of images of its own, with one that has a root.
    private func withImage(
        _ body: (_ images: String, _ digest: String) async throws -> Void
    ) async throws {
        let images = FileManager.default.temporaryDirectory.appending(path: "codebox-\(UUID())")
        defer { try? FileManager.default.removeItem(at: images) }
        let digest = String(repeating: "ef", count: 32)
        for folder in ["dev", "proc", "tmp", "workspace", "usr/bin"] {
            try FileManager.default.createDirectory(
                at: images.appending(path: "\(digest)/rootfs/\(folder)"),
                withIntermediateDirectories: true)
        }
        try await body(images.path, digest)
    }

    private func startZygote(
        _ images: String, _ digest: String, _ kind: ZygoteStart.Kind = .python
    ) throws -> CodeBoxError? {
        let launch = try Support.warden(
            WardenOptions(
                socketFD: 3, lifelineFD: 4, imagesDirectory: images,
                initPath: try Support.beside("codebox-init")))
        let warden = try WardenTrial { descriptors, output throws(CodeBoxError) in
            try launch.start(descriptors: descriptors, output: output)
        }
        defer { warden.end() }
        do throws(CodeBoxError) {
            _ = try warden.startZygote(of: digest, ZygoteSetting(kind: kind))
            return nil
        } catch {
            return error
        }
    }

    @Test("a record that is missing, damaged, or could be written by others starts nothing")
    func refusedByTheWarden() async throws {
        try await withImage { images, digest in
            let file = "\(images)/\(digest)/\(ZygoteStart.fileName)"
            let good = try Self.start.encoded()
            func write(_ bytes: [UInt8], mode: mode_t = 0o644) throws {
                try? FileManager.default.removeItem(atPath: file)
                try Data(bytes).write(to: URL(filePath: file))
                chmod(file, mode)
            }
            func expectRefusal(_ part: String) throws {
                let error = try startZygote(images, digest)
                #expect(error?.message.contains(digest) == true, "\(String(describing: error))")
                #expect(error?.message.contains(part) == true, "\(String(describing: error))")
            }
            try expectRefusal("can't be read")
            try write(Array(good.dropLast(3)))
            try expectRefusal("damaged")
            try write(Array(repeating: 65, count: ZygoteStart.maximumBytes + 1))
            try expectRefusal("more than")
            try write(good, mode: 0o666)
            try expectRefusal("written by others")
            if geteuid() == 0 {
                try write(good)
                chown(file, 12345, 12345)
                try expectRefusal("belongs to user 12345")
                try write(good)
                chown("\(images)/\(digest)", 12345, 12345)
                try expectRefusal("belongs to user 12345")
                chown("\(images)/\(digest)", 0, 0)
            }
            try FileManager.default.removeItem(atPath: file)
            try Data(good).write(to: URL(filePath: file + ".real"))
            try FileManager.default.createSymbolicLink(
                atPath: file, withDestinationPath: file + ".real")
            try expectRefusal("can't be read")
            try FileManager.default.removeItem(atPath: file)
            mkfifo(file, 0o644)
            try expectRefusal("no file")
            try write(good)
            #expect(try startZygote(images, digest, .node)?.message.contains("for python") == true)
        }
    }
}

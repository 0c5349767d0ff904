import CodeBoxCore
import Foundation
import Synchronization
import Testing

@testable import CodeBoxRuntimes

/// Builds for real. The two that fetch a Debian package (1 MB) need this machine's package sources.
@Suite(.timeLimit(.minutes(3)))
struct ImageBuilderTests {
    private let scratch: Scratch
    private let store: ImageStore

    init() throws {
        scratch = try Scratch()
        store = ImageStore(dataDirectory: scratch.path + "/data")
    }

    /// - Parameter program: what the manifest's command starts.
    private func folder(
        _ name: String, program: String, image: String
    ) throws -> RuntimeFolder {
        let text = Scratch.manifest(name)
            .replacingOccurrences(of: "image: {packages: [\(name)]}", with: image)
            .replacingOccurrences(of: "/usr/bin/\(name)", with: program)
        try scratch.write(text, to: "runtimes/\(name)/manifest.yaml")
        return try RuntimeFolder(path: "\(scratch.path)/runtimes/\(name)")
    }

    /// A runtime made of one wheel that lies in the cache, so that nothing is fetched.
    private func wheelFolder(content: String, cached: String? = nil) throws -> RuntimeFolder {
        try scratch.write(content, to: "wheel/tiny/bin/tool")
        let wheel = "\(scratch.path)/tiny_tool-1.0-py3-none-any.whl"
        try HostTool(
            command: ["python3", "-m", "zipfile", "-c", wheel, "\(scratch.path)/wheel/tiny"],
            package: "python3"
        ).run(cancellation: BuildCancellation())
        let digest = try TreeDigest.ofFile(wheel)
        let cache = store.cacheDirectory + "/wheels"
        try File.createDirectory(cache)
        try FileManager.default.moveItem(
            atPath: wheel, toPath: "\(cache)/tiny_tool-1.0-\(UUID().uuidString).whl")
        return try folder(
            "tiny", program: "/usr/bin/tool",
            image: """
                image:
                  wheels:
                    - name: tiny-tool
                      version: "1.0"
                      sha256: [\(cached ?? digest)]
                      files: [{from: tiny/bin/tool, to: usr/bin/tool, executable: true}]
                  links: {usr/bin/alias: tool}
                """)
    }

    private func build(_ folder: RuntimeFolder) async throws(CodeBoxError) -> InstalledRuntime {
        try await ImageBuilder(store: store) { folder, name in
            PlayedPreparation(root: "\(folder)/\(name)/rootfs")
        }.build(folder) { _ in }
    }

    private func leftovers() throws -> [String] {
        guard File.isDirectory(store.buildDirectory) else { return [] }
        return try scratch.names(in: "data/build")
    }

    @Test("an image has the files, links, accounts and mount points that it should, and no more")
    func layout() async throws {
        let runtime = try await build(try wheelFolder(content: "tool"))
        let root = URL(fileURLWithPath: runtime.rootfs)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: root.path).sorted() == [
                "bin", "dev", "etc", "proc", "tmp", "usr", "var", "workspace",
            ])
        for point in ImageLayout.mountPoints {
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: "\(root.path)/\(point)").isEmpty
            )
        }
        var status = stat()
        #expect(stat("\(root.path)/usr/bin/alias", &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o755)
        #expect(status.st_mtim.tv_sec == ImageLayout.epoch)
        let accounts = try String(contentsOfFile: "\(root.path)/etc/passwd", encoding: .utf8)
        #expect(accounts.contains("codebox:x:1000:1000:codebox:/workspace:"))
        #expect(try store.packages(runtime.identity.digest) == ["tiny-tool 1.0"])
        #expect(try leftovers().isEmpty)
    }

    @Test("the same recipe gives the same digest, another content another, and the tag follows")
    func reproducible() async throws {
        let folder = try wheelFolder(content: "first")
        let builder = ImageBuilder(store: store)
        #expect(!builder.isCurrent(folder))
        let first = try await build(folder)
        #expect(builder.isCurrent(folder))
        #expect(try await build(folder) == first)
        let other = try await build(try wheelFolder(content: "second"))
        #expect(other.identity.digest != first.identity.digest)
        #expect(!builder.isCurrent(folder))
        #expect(store.current("tiny") == other.identity.digest)
        #expect(Set(store.digests()) == [first.identity.digest, other.identity.digest])
        try store.verify(other.identity.digest)
    }

    @Test("building again mends an image that was changed")
    func mends() async throws {
        let folder = try wheelFolder(content: "tool")
        let runtime = try await build(folder)
        try FileManager.default.removeItem(atPath: runtime.rootfs + "/usr/bin/tool")
        #expect(try await build(folder) == runtime)
        try store.verify(runtime.identity.digest)
    }

    @Test("what killed builds left is removed by the next, what a running one has is not")
    func stale() async throws {
        try File.createDirectory(store.buildDirectory + "/stale/image/rootfs")
        let running = try BuildDirectory(in: store.buildDirectory)
        #expect(try leftovers().count == 1)
        try File.createDirectory(store.buildDirectory + "/stale-too")
        _ = try await build(try wheelFolder(content: "tool"))
        #expect(try leftovers() == [URL(fileURLWithPath: running.path).lastPathComponent])
        running.remove()
        #expect(try leftovers().isEmpty)
    }

    @Test("a step that fails says so and leaves neither image nor tag")
    func failing() async throws {
        let folder = try wheelFolder(content: "tool")
        let broken = folder.manifestText.replacingOccurrences(
            of: "tiny/bin/tool", with: "tiny/none")
        try scratch.write(broken, to: "runtimes/tiny/manifest.yaml")
        let error = await #expect(throws: CodeBoxError.self) {
            try await build(try RuntimeFolder(path: folder.path))
        }
        #expect(error?.code == .imageFailed)
        #expect(error?.message.contains("the image of 'tiny' was not built: can't move") == true)
        #expect(store.digests().isEmpty)
        #expect(store.tagNames().isEmpty)
        #expect(try leftovers().isEmpty)
    }

    @Test("an image that lacks what its manifest names is not built, and the error names it")
    func disagreeing() async throws {
        let folder = try wheelFolder(content: "tool")
        try scratch.write(
            folder.manifestText + "\nenvironment: {LANG: C.UTF-8, HOME: /workspace, TZ: Mars/Base}",
            to: "runtimes/tiny/manifest.yaml")
        let error = await #expect(throws: CodeBoxError.self) {
            try await build(try RuntimeFolder(path: folder.path))
        }
        #expect(error?.code == .imageFailed)
        #expect(error?.message.contains("the image of 'tiny' was not built") == true)
        let cause = try #require(error?.cause)
        #expect(cause.contains("LANG=C.UTF-8: the image has no such locale"))
        #expect(cause.contains("TZ=Mars/Base: the image has no such time zone"))
        #expect(!cause.contains("HOME"))
        #expect(store.digests().isEmpty)
        #expect(try leftovers().isEmpty)
    }

    /// Stands in for the sandbox: what real ones do is tested end to end.
    private final class PlayedPreparation: ImagePreparation {
        let owner: UInt32? = getuid() == 0 ? 12_345 : nil
        let root: String

        init(root: String) { self.root = root }

        func run(_ step: PreparationStep) async throws(CodeBoxError) -> [String] {
            var status = stat()
            #expect(lstat(root + "/usr/bin/sh", &status) == 0)
            #expect(status.st_uid == owner ?? getuid())
            try File.write(step.text, to: root + "/usr/share/made")
            return ["a line of \(step.command[0])"]
        }

        func end() async {}
    }

    @Test("without a sandbox no prepare step runs")
    func unsandboxed() async throws {
        let folder = try wheelFolder(content: "tool")
        try scratch.write(
            folder.manifestText + "\n  prepare: [[/usr/bin/tool]]",
            to: "runtimes/tiny/manifest.yaml")
        let error = await #expect(throws: CodeBoxError.self) {
            try await ImageBuilder(store: store).build(try RuntimeFolder(path: folder.path)) { _ in
            }
        }
        #expect(error?.message.contains("need a sandbox") == true)
        #expect(store.digests().isEmpty)
    }

    @Test("Debian packages are unpacked, their programs run while preparing, twice the same digest")
    func debian() async throws {
        let folder = try folder(
            "box", program: "/usr/bin/sh",
            image: """
                image:
                  packages: [busybox-static]
                  exclude: [usr/share/busybox*]
                  links: {usr/bin/sh: busybox}
                  prepare:
                    - [/usr/bin/sh, -c, "true"]
                """)
        let runtime = try await build(folder)
        let packages = try store.packages(runtime.identity.digest)
        #expect(packages.count == 1)
        #expect(packages[0].hasPrefix("busybox-static 1:"))
        #expect(
            try String(contentsOfFile: runtime.rootfs + "/usr/share/made", encoding: .utf8)
                == "/usr/bin/sh -c true")
        var status = stat()
        #expect(lstat(runtime.rootfs + "/usr/bin/sh", &status) == 0)
        #expect(status.st_uid == getuid())
        #expect(!FileManager.default.fileExists(atPath: runtime.rootfs + "/usr/share/doc"))
        #expect(!FileManager.default.fileExists(atPath: runtime.rootfs + "/sys"))
        #expect(try await build(folder) == runtime)
    }

    @Test("a canceled build ends at once and leaves nothing")
    func canceled() async throws {
        let folder = try folder(
            "box", program: "/usr/bin/busybox", image: "image: {packages: [busybox-static]}")
        let (lines, source) = AsyncStream<BuildProgress>.makeStream()
        let store = store
        let build = Task {
            try await ImageBuilder(store: store).build(folder) { source.yield($0) }
        }
        // mmdebstrap has begun to speak, so it is in the middle of its work.
        for await case .detail in lines { break }
        build.cancel()
        let result = await build.result
        source.finish()
        #expect(throws: CodeBoxError.self) { try result.get() }
        #expect(store.digests().isEmpty)
        #expect(store.tagNames().isEmpty)
        #expect(try leftovers().isEmpty)
    }
}

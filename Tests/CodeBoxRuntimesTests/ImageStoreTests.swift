import CodeBoxCore
import Foundation
import Testing

@testable import CodeBoxRuntimes

struct ImageStoreTests {
    private let scratch: Scratch
    private let store: ImageStore

    init() throws {
        scratch = try Scratch()
        store = ImageStore(dataDirectory: scratch.path)
    }

    @Test("an image is found by its tag and tells manifest, root and packages")
    func installed() throws {
        let digest = try scratch.install("lang")
        let runtime = try store.installed("lang")
        #expect(runtime.identity == RuntimeIdentity(name: "lang", version: "1.2.3", digest: digest))
        #expect(runtime.rootfs == "\(scratch.path)/images/\(digest)/rootfs")
        #expect(try store.packages(digest) == ["some-package 1.0"])
        #expect(store.tagNames() == ["lang"])
        #expect(store.digests() == [digest])
    }

    @Test("a reader sees the old or the new digest while a tag moves, never anything else")
    func atomicTag() async throws {
        let digests = try [scratch.install("lang", mark: "1"), scratch.install("lang", mark: "2")]
        let store = store
        let seen = try await withThrowingTaskGroup(of: Set<String?>.self) { group in
            group.addTask {
                for round in 0..<200 { try store.setCurrent("lang", to: digests[round % 2]) }
                return []
            }
            group.addTask { Set((0..<2_000).map { _ in store.current("lang") }) }
            return try await group.reduce(into: Set()) { $0.formUnion($1) }
        }
        #expect(seen.isSubset(of: Set(digests)))
        #expect(try scratch.names(in: "tags") == ["lang"])
    }

    @Test("a tag that is not a digest, or a name that leads elsewhere, is no image")
    func strangeTags() throws {
        try scratch.write("../../etc", to: "tags/odd")
        #expect(store.current("odd") == nil)
        #expect(store.current("../tags/odd") == nil)
        #expect(throws: CodeBoxError.self) { try store.installed("odd") }
    }

    @Test("a runtime's current image is removed only by force, and its tag goes with it")
    func removeCurrent() throws {
        let digest = try scratch.install("lang")
        let error = #expect(throws: CodeBoxError.self) { try store.remove(digest) }
        #expect(error?.message.contains("current image of 'lang'") == true)
        #expect(store.digests() == [digest])
        try store.remove(digest, force: true)
        #expect(store.digests().isEmpty)
        #expect(store.tagNames().isEmpty)
        #expect(try scratch.names(in: "build").isEmpty)
    }

    @Test("an image that is not current is removed without force")
    func removeOld() throws {
        let old = try scratch.install("lang", mark: "old")
        let new = try scratch.install("lang", mark: "new")
        try store.remove(old)
        #expect(store.digests() == [new])
        #expect(store.current("lang") == new)
    }

    @Test("an image in use is not removed, not even by force")
    func removeInUse() throws {
        let digest = try scratch.install("lang")
        let user = try #require(
            try FileLock(directory: store.imageDirectory(digest), mode: .shared, wait: false))
        let error = #expect(throws: CodeBoxError.self) { try store.remove(digest, force: true) }
        #expect(error?.message.contains("in use") == true)
        #expect(try store.installed("lang").identity.digest == digest)
        user.release()
        try store.remove(digest, force: true)
    }

    @Test("a changed byte or mode in an image is found")
    func verify() throws {
        let digest = try scratch.install("lang")
        try store.verify(digest)
        chmod(store.rootfs(digest) + "/usr/bin/lang", 0o755)
        let error = #expect(throws: CodeBoxError.self) { try store.verify(digest) }
        #expect(error?.message.contains("changed since it was built") == true)
    }

    @Test("an image is found by name and by the leading part of its digest")
    func find() throws {
        let digest = try scratch.install("lang")
        #expect(try store.find("lang") == digest)
        #expect(try store.find(String(digest.prefix(8))) == digest)
        for reference in ["other", String(digest.prefix(4)), "ffffffffffffffff"] {
            #expect(throws: CodeBoxError.self) { try store.find(reference) }
        }
    }
}

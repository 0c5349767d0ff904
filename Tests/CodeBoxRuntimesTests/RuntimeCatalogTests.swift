import CodeBoxCore
import Foundation
import Testing

@testable import CodeBoxRuntimes

struct RuntimeCatalogTests {
    private let scratch: Scratch
    private let catalog: RuntimeCatalog

    init() throws {
        scratch = try Scratch()
        catalog = RuntimeCatalog(
            dataDirectory: scratch.path, runtimesDirectory: committedRuntimes)
    }

    private func failure(_ reference: String) -> CodeBoxError? {
        do throws(CodeBoxError) {
            _ = try catalog.resolve(reference)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "a runtime answers to its name and aliases, with any leading part of its version",
        arguments: ["lang", "l", "lang:1", "lang:1.2", "lang:1.2.3", "l:1.2"])
    func resolves(reference: String) throws {
        let digest = try scratch.install("lang", aliases: ["l", "python"])
        try scratch.install("other")
        #expect(try catalog.resolve(reference).identity.digest == digest)
    }

    @Test(
        "another version, half a version part and an unknown name are unknown",
        arguments: ["lang:1.2.4", "lang:1.", "lang:12", "lang:", "other", "", ":1", "LANG"])
    func unknown(reference: String) throws {
        try scratch.install("lang")
        let error = try #require(failure(reference))
        #expect(error.code == .unknownRuntime)
        #expect(error.field == "runtime")
        #expect(error.message.contains("lang"))
    }

    @Test("the error about an unknown name lists every runtime with its aliases")
    func aliasesInTheError() throws {
        try scratch.install("lang", aliases: ["l", "a"])
        try scratch.install("other")
        let message = try #require(failure("cobol")).message
        #expect(message == "there is no runtime 'cobol'; available: lang (also a, l); other")
    }

    @Test("an alias with an entry file name of its own brings it, with any version")
    func aliasEntrypoint() throws {
        try scratch.install("lang", aliases: ["l"], more: "alias_entrypoints: {l: a.l}")
        for reference in ["l", "l:1.2"] {
            #expect(try catalog.resolve(reference).aliasEntrypoint == "a.l")
        }
        #expect(try catalog.resolve("lang").aliasEntrypoint == nil)
        #expect(try catalog.resolve("lang").manifest.entrypoint == "main.x")
    }

    @Test("a runtime that could be built but is not says how to build it, also under an alias")
    func notBuilt() throws {
        for reference in ["node", "nodejs", "node:24"] {
            let error = try #require(failure(reference))
            #expect(error.code == .runtimeNotBuilt)
            #expect(error.message.contains("codebox runtime build node"))
        }
    }

    @Test("an own name goes before another runtime's alias")
    func nameBeforeAlias() throws {
        try scratch.install("aaa", aliases: ["lang"])
        let digest = try scratch.install("lang")
        #expect(try catalog.resolve("lang").identity.digest == digest)
    }

    @Test("an image whose files are gone is not built, and the others are listed still")
    func damaged() throws {
        let digest = try scratch.install("lang")
        try scratch.install("other")
        try FileManager.default.removeItem(atPath: "\(scratch.path)/images/\(digest)/rootfs")
        let error = try #require(failure("lang"))
        #expect(error.code == .runtimeNotBuilt)
        #expect(error.message.contains("damaged"))
        #expect(catalog.list().map(\.manifest.name) == ["other"])
        #expect(catalog.damaged().count == 1)
    }

    @Test("a new image is seen by the very next question, however quickly it came")
    func refreshes() throws {
        #expect(catalog.list().isEmpty)
        for round in 0..<30 {
            let digest = try scratch.install("lang", mark: "\(round)")
            #expect(try catalog.resolve("lang").identity.digest == digest)
        }
        try ImageStore(dataDirectory: scratch.path).remove(
            try catalog.resolve("lang").identity.digest, force: true)
        #expect(failure("lang")?.code == .unknownRuntime)
    }

    @Test("many threads at once get right answers while images are replaced")
    func concurrent() async throws {
        let digests = try (0..<4).map { try scratch.install("lang", mark: "\($0)") }
        let store = ImageStore(dataDirectory: scratch.path)
        let catalog = catalog
        let seen = try await withThrowingTaskGroup(of: Set<String>.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var seen: Set<String> = []
                    for _ in 0..<500 { seen.insert(try catalog.resolve("lang").identity.digest) }
                    return seen
                }
            }
            group.addTask {
                for round in 0..<50 { try store.setCurrent("lang", to: digests[round % 4]) }
                return []
            }
            return try await group.reduce(into: Set()) { $0.formUnion($1) }
        }
        #expect(seen.isSubset(of: Set(digests)))
        #expect(try catalog.resolve("lang").identity.digest == digests[49 % 4])
    }
}

import CodeBoxCore
import Testing

@testable import CodeBoxRuntimes

/// The folders under `runtimes/`.
struct CommittedRuntimesTests {
    @Test("python, node and bash are there, and every folder's manifest and tests can be read")
    func all() throws {
        let folders = try RuntimeFolder.all(in: committedRuntimes)
        #expect(Set(folders.map(\.manifest.name)).isSuperset(of: ["python", "node", "bash"]))
        for folder in folders {
            let cases = try RuntimeTestSuite(folder).cases
            #expect(cases.count >= 10, "\(folder.manifest.name) has few tests")
            #expect(cases.allSatisfy { $0.spec.runtime == folder.manifest.name })
        }
    }

    @Test("python and node have zygotes of their own kind; a job's locale asks for another start")
    func zygotes() throws {
        for folder in try RuntimeFolder.all(in: committedRuntimes) {
            guard ["python", "node"].contains(folder.manifest.name) else { continue }
            let zygote = try #require(folder.manifest.zygote)
            #expect(zygote.kind.rawValue == folder.manifest.name)
            #expect(!zygote.isOff)
            for name in ["LC_ALL", "LANG", "TZ", "LD_PRELOAD", "MALLOC_ARENA_MAX"] {
                #expect(
                    zygote.needsExec(for: [name: "x"], over: folder.manifest.environment),
                    "\(folder.manifest.name): \(name)")
            }
            #expect(!zygote.needsExec(for: ["MODE": "x", "NO_COLOR": "1"], over: [:]))
        }
    }

    @Test("no two runtimes answer to one name")
    func distinctNames() throws {
        let names = try RuntimeFolder.all(in: committedRuntimes).map(\.manifest)
            .flatMap { [$0.name] + $0.aliases }
        #expect(Set(names).count == names.count)
    }

    @Test("a default limit of a manifest lies within what an admin allows by default")
    func limits() throws {
        for folder in try RuntimeFolder.all(in: committedRuntimes) {
            let limits = try LimitsPolicy().resolve(
                request: folder.manifest.limits, runtimeDefaults: LimitsRequest())
            #expect(folder.manifest.floor.raising(limits) == limits)
        }
    }
}

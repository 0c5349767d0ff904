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
            let standard = folder.manifest.environment
            for name in ["LC_ALL", "LANG", "TZDIR", "LD_PRELOAD", "MALLOC_ARENA_MAX"] {
                #expect(
                    zygote.variants(for: [name: "x"], over: standard) == nil,
                    "\(folder.manifest.name): \(name)")
            }
            let harmless = [
                "MODE": "x", "NO_COLOR": "1", "HOME": "/tmp", "LANG": "C.UTF-8",
                "LC_ALL": "C.UTF-8", "TZ": "Asia/Kolkata", "PYTHONPATH": "lib",
                "PYTHONHASHSEED": "random", "NODE_ENV": "production", "NODE_PATH": "lib",
            ].filter { !$0.key.hasPrefix(folder.manifest.name == "node" ? "PY" : "NODE") }
            #expect(zygote.variants(for: harmless, over: standard) == 0)
        }
    }

    @Test("node's programs in TypeScript have a zygote that is warm for them")
    func typescript() throws {
        let folder = try #require(
            try RuntimeFolder.all(in: committedRuntimes).first { $0.manifest.name == "node" })
        let zygote = try #require(folder.manifest.zygote)
        for name in ["main.ts", "a.b/c.mts", "x.cts"] {
            #expect(zygote.warmUp(forEntrypoint: name) == 1)
        }
        for name in ["main.js", "ts", "a.ts/b", "main.mjs"] {
            #expect(zygote.warmUp(forEntrypoint: name) == 0)
        }
        #expect(folder.manifest.zygoteStart?.variants == ["CODEBOX_WARM=typescript"])
    }

    @Test("each of python's variants has a bit of its own, and a value that is none is exec'ed")
    func variants() throws {
        let folder = try #require(
            try RuntimeFolder.all(in: committedRuntimes).first { $0.manifest.name == "python" })
        let zygote = try #require(folder.manifest.zygote)
        func chosen(_ variables: [String: String]) -> UInt32? {
            zygote.variants(for: variables, over: folder.manifest.environment)
        }
        #expect(chosen(["PYTHONHASHSEED": "0"]) == 1)
        #expect(chosen(["PYTHONHASHSEED": "1"]) == nil)
        #expect(chosen(["PYTHONHASHSEED": "0", "PYTHONUNBUFFERED": "1", "A": "b"]) == 3)
        let start = try #require(folder.manifest.zygoteStart)
        #expect(start.environment(variants: 1) == start.environment + ["PYTHONHASHSEED=0"])
        #expect(start.environment(variants: 0) == start.environment)
        #expect(start.environment(variants: 1 << UInt32(start.variants.count)) == nil)
    }

    @Test("no two runtimes answer to one name")
    func distinctNames() throws {
        let names = try RuntimeFolder.all(in: committedRuntimes).map(\.manifest)
            .flatMap { [$0.name] + $0.aliases }
        #expect(Set(names).count == names.count)
    }

    @Test("the names under which other services know the languages are aliases here")
    func aliases() throws {
        var runtimes: [String: String] = [:]
        for manifest in try RuntimeFolder.all(in: committedRuntimes).map(\.manifest) {
            for name in [manifest.name] + manifest.aliases { runtimes[name] = manifest.name }
        }
        for (name, runtime) in [
            ("javascript", "node"), ("js", "node"), ("nodejs", "node"), ("typescript", "node"),
            ("ts", "node"), ("py", "python"), ("python3", "python"), ("python3.13", "python"),
            ("sh", "bash"),
        ] {
            #expect(runtimes[name] == runtime, "\(name)")
        }
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

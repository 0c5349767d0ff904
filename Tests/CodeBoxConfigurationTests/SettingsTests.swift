import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxSandbox
import CodeBoxWorker
import Foundation
import Testing

struct SettingsTests {
    private let host = HostFacts(
        dataDirectory: "/data", runtimesDirectory: "/runtimes", serviceUser: "codebox",
        processors: 3)

    private func load(
        flags: [String: String] = [:], environment: [String: String] = [:], file: String? = nil
    ) throws -> [ResolvedSetting] {
        let file = try file.map { try ConfigurationFile(path: "/etc/codebox.yaml", text: $0) }
        return try SettingsLoader(
            host: host, flags: flags, environment: environment, file: file
        ).resolve()
    }

    private func origin(_ key: String, _ settings: [ResolvedSetting]) -> SettingOrigin? {
        settings.first { $0.key == key }?.origin
    }

    @Test("each setting has one row, and every default fits its kind and its field")
    func rowsAreComplete() throws {
        #expect(Set(Settings.rows.map(\.key)).count == Settings.rows.count)
        #expect(Set(Settings.rows.map(\.environmentVariable)).count == Settings.rows.count)
        var settings = try Settings(try load())
        for row in Settings.rows {
            let text = row.standard.text(on: host, after: settings)
            let value = text.isEmpty ? .text("") : try row.kind.parse(text)
            let fits = row.store(value, in: &settings)
            #expect(fits, "\(row.key)")
        }
    }

    @Test("the runtimes that come with the executable are the default, wherever that is")
    func runtimesDirectory() {
        func found(_ executableFolder: String, _ places: Set<String>) -> String {
            HostFacts.runtimesDirectory(executableFolder: executableFolder) { places.contains($0) }
        }
        let shared = "/usr/local/bin/../share/codebox/runtimes"
        #expect(found("/usr/local/bin", [shared]) == shared)
        #expect(found("/opt/x", ["/opt/x/runtimes"]) == "/opt/x/runtimes")
        #expect(found("/src/.build/arch/debug", ["/src/runtimes"]) == "/src/runtimes")
        // None that is merely near, and never a relative one.
        #expect(found("/src/.build/a/b/c", ["/src/runtimes"]).hasPrefix("/src/.build/a/b/c/../"))
        #expect(found("/usr/local/bin", ["runtimes", "./runtimes", "/runtimes"]) == shared)
    }

    @Test("without any source the defaults hold, ceilings being the core's")
    func defaults() throws {
        let settings = try Settings(try load())
        #expect(settings.host == "127.0.0.1")
        #expect(settings.port == 8080)
        #expect(settings.engine.slots == 6)
        #expect(settings.apiKeysFile == nil)
        #expect(settings.engine.retentionSeconds == 604_800)
        #expect(settings.ceiling == .standardCeiling)
    }

    @Test("flags go before the environment, the environment before the file")
    func precedence() throws {
        let file = "port: 1001\nslots: 7\nlog_level: debug\nlimits: {ceiling: {cpus: 2}}\n"
        let environment = [
            "CODEBOX_PORT": "1002", "CODEBOX_SLOTS": "8", "CODEBOX_LIMITS_CEILING_WALL_MS": "5000",
        ]
        let resolved = try load(flags: ["port": "1003"], environment: environment, file: file)
        let settings = try Settings(resolved)
        #expect(settings.port == 1003)
        #expect(settings.engine.slots == 8)
        #expect(settings.logLevel == "debug")
        #expect(settings.ceiling.cpus == 2)
        #expect(settings.ceiling.wallMs == 5000)
        #expect(origin("port", resolved) == .flag("port"))
        #expect(origin("slots", resolved) == .environment("CODEBOX_SLOTS"))
        #expect(origin("log_level", resolved) == .file("/etc/codebox.yaml"))
        #expect(origin("host", resolved) == .standard)
    }

    @Test(
        "zygotes can be turned off in every way that YAML has", arguments: ["off", "false", "no"])
    func zygotesOff(word: String) throws {
        let settings = try Settings(try load(file: "zygotes: \(word)\nzygotes_off: node, py\n"))
        #expect(!settings.zygotes)
        #expect(settings.zygotesOff == ["node", "py"])
        let standard = try Settings(try load())
        #expect(standard.zygotes)
        #expect(standard.zygotesOff == [])
        #expect(try Settings(try load(flags: ["zygotes": "on"])).zygotes)
    }

    @Test("the pool's bounds follow processors and slots, and the maximum goes before the minimum")
    func warmPool() throws {
        let standard = try Settings(try load())
        #expect(standard.pool.minimum == 6)
        #expect(standard.pool.maximum == 32)
        #expect(standard.pool.memoryBytes == 256 << 20)
        let busy = try Settings(try load(flags: ["slots": "100"]))
        #expect(busy.pool.maximum == 100)
        let file = "warm_pool: {maximum: 3, max_age_seconds: 5m, memory_bytes: 1GiB}"
        let small = try Settings(try load(file: file))
        #expect(small.pool.maximum == 3)
        #expect(small.pool.minimum == 3)
        #expect(small.pool.maximumAgeSeconds == 300)
        #expect(small.pool.memoryBytes == 1 << 30)
        let off = try load(environment: ["CODEBOX_WARM_POOL_MAXIMUM": "0"])
        #expect(try Settings(off).pool.minimum == 0)
        #expect(origin("warm_pool.maximum", off) == .environment("CODEBOX_WARM_POOL_MAXIMUM"))
    }

    @Test("a variable that is set to nothing counts as not set")
    func emptyVariable() throws {
        let resolved = try load(environment: ["CODEBOX_PORT": ""])
        #expect(origin("port", resolved) == .standard)
    }

    @Test("sizes and times may have units wherever they come from")
    func units() throws {
        let file = "max_body_bytes: 2MiB\nlimits:\n  ceiling:\n    memory_bytes: 3GiB\n"
        let settings = try Settings(
            try load(environment: ["CODEBOX_RETENTION_SECONDS": "12h"], file: file))
        #expect(settings.maximumBodyBytes == 2 << 20)
        #expect(settings.ceiling.memoryBytes == 3 << 30)
        #expect(settings.engine.retentionSeconds == 43_200)
    }

    @Test(
        "an unknown key in the file is refused with its whole name and line",
        arguments: [
            ("prot: 1", "prot"),
            ("host: a\nlimits:\n  ceiling:\n    walls: 2\n", "limits.ceiling.walls"),
            ("limits:\n  floor: {cpus: 1}\n", "limits.floor"),
        ])
    func unknownKey(file: String, key: String) {
        #expect {
            try load(file: file)
        } throws: { error in
            guard let error = error as? CodeBoxError else { return false }
            return error.code == .configurationInvalid && error.message.contains("'\(key)'")
                && error.message.contains("/etc/codebox.yaml:")
        }
    }

    @Test(
        "a file that is not a mapping of settings to single values is refused",
        arguments: ["- a\n- b\n", "port", "port: [1]", "limits: 3", "a: b: c", "port: 1\nport: 2"])
    func malformedFile(text: String) {
        #expect {
            try load(file: text)
        } throws: { error in
            (error as? CodeBoxError)?.code == .configurationInvalid
        }
    }

    @Test(
        "an empty file, or one of comments, changes nothing",
        arguments: ["", "# nothing\n", "---\n"])
    func emptyFile(text: String) throws {
        #expect(try load(file: text).allSatisfy { $0.origin == .standard })
    }

    @Test(
        "a bad value is refused with the setting and where it came from",
        arguments: [
            ("port", "70000"), ("port", "http"), ("slots", "0"), ("log_level", "loud"),
            ("zygotes", "perhaps"), ("zygotes_off", "a,,b"), ("warm_pool.minimum", "-1"),
            ("max_body_bytes", "1"), ("lease_seconds", "-3"), ("limits.ceiling.cpus", "nan"),
        ])
    func badValue(key: String, text: String) throws {
        let row = try #require(Settings.row(key))
        #expect {
            try load(flags: [key: text])
        } throws: { error in
            guard let error = error as? CodeBoxError else { return false }
            return error.code == .configurationInvalid && error.field == key
                && error.message.contains("flag --\(row.flag)")
        }
    }

    @Test("the settings as flags say the same again")
    func roundTrip() throws {
        let settings = try Settings(
            try load(flags: [
                "port": "0", "limits.ceiling.wall_ms": "99000", "retention_seconds": "2d",
            ]))
        var flags: [String: String] = [:]
        var ceilings: [String] = []
        for argument in settings.arguments {
            let text = argument.dropFirst(2)
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            if parts[0] == "ceiling" {
                ceilings.append(parts[1])
            } else {
                let row = try #require(Settings.rows.first { $0.flag == parts[0] })
                flags[row.key] = parts[1]
            }
        }
        flags = try CeilingFlags.add(ceilings, to: flags)
        #expect(try Settings(try load(flags: flags)) == settings)
    }

    @Test(
        "a ceiling of a limit that does not exist is refused",
        arguments: ["walls=1", "wall_ms", "=1"])
    func unknownCeiling(text: String) {
        #expect(throws: CodeBoxError.self) { try CeilingFlags.add([text], to: [:]) }
    }

    @Test("data lie below XDG_DATA_HOME, or in the home folder, or for root in /var/lib")
    func dataDirectory() {
        func folder(_ isRoot: Bool, _ environment: [String: String]) -> String {
            HostFacts.defaultDataDirectory(isRoot: isRoot, environment: environment)
        }
        #expect(folder(true, ["XDG_DATA_HOME": "/x", "HOME": "/h"]) == "/var/lib/codebox")
        #expect(folder(false, ["XDG_DATA_HOME": "/x", "HOME": "/h"]) == "/x/codebox")
        #expect(folder(false, ["XDG_DATA_HOME": "x", "HOME": "/h"]) == "/h/.local/share/codebox")
    }

    @Test("the table in docs/operations.md is the one that the rows give")
    func document() throws {
        let root = URL(filePath: #filePath).appending(path: "../../..").standardized
        let file = root.appending(path: "docs/operations.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let begin = try #require(lines.firstIndex(of: "<!-- settings -->"))
        let end = try #require(lines.firstIndex(of: "<!-- /settings -->"))
        #expect(
            lines[(begin + 1)..<end].filter { !$0.isEmpty } == SettingsDocument.lines,
            "run `codebox config --table` and paste what it prints")
    }
}

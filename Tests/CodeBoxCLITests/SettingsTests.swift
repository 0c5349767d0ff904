import CodeBoxCLI
import CodeBoxCore
import Testing

struct SettingsTests {
    private let table = SettingsTable(
        host: HostFacts(
            dataDirectory: "/data", runtimesDirectory: "/runtimes", serviceUser: "codebox",
            processors: 3))

    private func load(
        flags: [SettingKey: String] = [:], environment: [String: String] = [:], file: String? = nil
    ) throws -> [ResolvedSetting] {
        let file = try file.map { try ConfigurationFile(path: "/etc/codebox.yaml", text: $0) }
        return try SettingsLoader(
            table: table, flags: flags, environment: environment, file: file
        ).resolve()
    }

    private func origin(_ key: SettingKey, _ settings: [ResolvedSetting]) -> SettingOrigin? {
        settings.first { $0.key == key }?.origin
    }

    @Test("the table has each setting once, and every default is valid")
    func tableIsComplete() throws {
        #expect(
            table.rows.map(\.key).sorted { $0.rawValue < $1.rawValue }
                == SettingKey.allCases.sorted { $0.rawValue < $1.rawValue })
        for row in table.rows where !row.defaultText.isEmpty {
            #expect(throws: Never.self) { try row.kind.parse(row.defaultText) }
        }
        #expect(Set(SettingKey.allCases.map(\.environmentVariable)).count == table.rows.count)
    }

    @Test("without any source the defaults hold, ceilings being the core's")
    func defaults() throws {
        let settings = try Settings(try load())
        #expect(settings.host == "127.0.0.1")
        #expect(settings.port == 8080)
        #expect(settings.slots == 6)
        #expect(settings.apiKeysFile == nil)
        #expect(settings.retentionSeconds == 604_800)
        #expect(settings.ceiling == .standardCeiling)
    }

    @Test("flags go before the environment, the environment before the file")
    func precedence() throws {
        let file = "port: 1001\nslots: 7\nlog_level: debug\nlimits: {ceiling: {cpus: 2}}\n"
        let environment = [
            "CODEBOX_PORT": "1002", "CODEBOX_SLOTS": "8", "CODEBOX_LIMITS_CEILING_WALL_MS": "5000",
        ]
        let resolved = try load(flags: [.port: "1003"], environment: environment, file: file)
        let settings = try Settings(resolved)
        #expect(settings.port == 1003)
        #expect(settings.slots == 8)
        #expect(settings.logLevel == "debug")
        #expect(settings.ceiling.cpus == 2)
        #expect(settings.ceiling.wallMs == 5000)
        #expect(origin(.port, resolved) == .flag("port"))
        #expect(origin(.slots, resolved) == .environment("CODEBOX_SLOTS"))
        #expect(origin(.logLevel, resolved) == .file("/etc/codebox.yaml"))
        #expect(origin(.host, resolved) == .standard)
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
        #expect(try Settings(try load(flags: [.zygotes: "on"])).zygotes)
    }

    @Test("the pool's bounds follow processors and slots, and the maximum goes before the minimum")
    func warmPool() throws {
        let standard = try Settings(try load())
        #expect(standard.warmPoolMinimum == 6)
        #expect(standard.warmPoolMaximum == 32)
        #expect(standard.warmPoolMemoryBytes == 256 << 20)
        let busy = try Settings(try load(flags: [.slots: "100"]))
        #expect(busy.warmPoolMaximum == 100)
        let file = "warm_pool: {maximum: 3, max_age_seconds: 5m, memory_bytes: 1GiB}"
        let small = try Settings(try load(file: file))
        #expect(small.warmPoolMaximum == 3)
        #expect(small.warmPoolMinimum == 3)
        #expect(small.warmPoolMaximumAgeSeconds == 300)
        #expect(small.warmPoolMemoryBytes == 1 << 30)
        let off = try load(environment: ["CODEBOX_WARM_POOL_MAXIMUM": "0"])
        #expect(try Settings(off).warmPoolMinimum == 0)
        #expect(origin(.warmPoolMaximum, off) == .environment("CODEBOX_WARM_POOL_MAXIMUM"))
    }

    @Test("a variable that is set to nothing counts as not set")
    func emptyVariable() throws {
        let resolved = try load(environment: ["CODEBOX_PORT": ""])
        #expect(origin(.port, resolved) == .standard)
    }

    @Test("sizes and times may have units wherever they come from")
    func units() throws {
        let file = "max_body_bytes: 2MiB\nlimits:\n  ceiling:\n    memory_bytes: 3GiB\n"
        let settings = try Settings(
            try load(environment: ["CODEBOX_RETENTION_SECONDS": "12h"], file: file))
        #expect(settings.maximumBodyBytes == 2 << 20)
        #expect(settings.ceiling.memoryBytes == 3 << 30)
        #expect(settings.retentionSeconds == 43_200)
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
            (SettingKey.port, "70000"), (.port, "http"), (.slots, "0"), (.logLevel, "loud"),
            (.zygotes, "perhaps"), (.zygotesOff, "a,,b"), (.warmPoolMinimum, "-1"),
            (.maximumBodyBytes, "1"), (.leaseSeconds, "-3"), (.ceilingCpus, "nan"),
        ])
    func badValue(key: SettingKey, text: String) {
        #expect {
            try load(flags: [key: text])
        } throws: { error in
            guard let error = error as? CodeBoxError else { return false }
            return error.code == .configurationInvalid && error.field == key.rawValue
                && error.message.contains("flag --\(key.flag)")
        }
    }

    @Test("the settings as flags say the same again")
    func roundTrip() throws {
        let settings = try Settings(
            try load(flags: [.port: "0", .ceilingWallMs: "99000", .retentionSeconds: "2d"]))
        var flags: [SettingKey: String] = [:]
        var ceilings: [String] = []
        for argument in settings.arguments {
            let text = argument.dropFirst(2)
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            if parts[0] == "ceiling" {
                ceilings.append(parts[1])
            } else {
                let key = try #require(SettingKey.allCases.first { $0.flag == parts[0] })
                flags[key] = parts[1]
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

    @Test("the document has a line for every setting")
    func document() {
        let lines = SettingsDocument.lines(table)
        #expect(lines.count == SettingKey.allCases.count + 2)
        for key in SettingKey.allCases {
            #expect(lines.contains { $0.hasPrefix("| `\(key.rawValue)` |") })
        }
    }
}

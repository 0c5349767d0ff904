import CodeBoxCore
import Foundation
import Testing

@testable import CodeBoxRuntimes

struct RuntimeManifestTests {
    private static let full = """
        name: lang
        version: 1.10
        aliases: [l, lang1]
        entrypoint: main.l
        command: [/usr/bin/lang, "--heap={heap_mib}", "{entrypoint}"]
        environment: {PATH: /usr/bin, COUNT: 3}
        limits: {memory_bytes: 1000000, cpus: 0.5, wall_ms: 20}
        memory: {least_bytes: 8388608, heap_percent: 50}
        processes: {least: 12}
        open_files: {least: 24}
        zygote: {kind: node, preload: [a.b, c], exec_for_environment: ["L_*", TZ], off: true}
        image:
          suite: trixie
          packages: [lang, libc-bin]
          wheels:
            - name: some-wheel
              version: 1.0
              sha256: [\(String(repeating: "a", count: 64))]
              files:
                - {from: some/bin/x, to: usr/bin/x, executable: true}
                - {from: some/data, to: usr/share/data}
          exclude: [usr/share/games, "usr/lib/*.a"]
          links: {usr/bin/l: lang}
          prepare: [[/usr/bin/lang, --warm]]
        """

    private func parse(_ text: String) throws(CodeBoxError) -> RuntimeManifest {
        try RuntimeManifest(yaml: text, file: "lang/manifest.yaml")
    }

    private func failure(_ text: String) -> CodeBoxError? {
        do throws(CodeBoxError) {
            _ = try parse(text)
            return nil
        } catch {
            return error
        }
    }

    @Test("a manifest with every key is read as it stands")
    func readsAll() throws {
        let manifest = try parse(Self.full)
        #expect(manifest.name == "lang")
        #expect(manifest.version == "1.10")
        #expect(manifest.aliases == ["l", "lang1"])
        #expect(manifest.environment == ["PATH": "/usr/bin", "COUNT": "3"])
        #expect(manifest.limits == LimitsRequest(wallMs: 20, memoryBytes: 1_000_000, cpus: 0.5))
        #expect(
            manifest.floor == RuntimeFloor(memoryBytes: 8 << 20, processes: 12, openFiles: 24))
        #expect(
            manifest.zygote
                == RuntimeZygote(
                    kind: .node, preload: ["a.b", "c"],
                    execForEnvironment: ["L_*", "TZ"].compactMap { VariablePattern($0) },
                    isOff: true))
        #expect(manifest.image.packages == ["lang", "libc-bin"])
        #expect(manifest.image.exclude == ["usr/share/games", "usr/lib/*.a"])
        #expect(manifest.image.links == ["usr/bin/l": "lang"])
        #expect(manifest.image.prepare == [["/usr/bin/lang", "--warm"]])
        let wheel = try #require(manifest.image.wheels.first)
        #expect(wheel.version == "1.0")
        #expect(wheel.files.map(\.isExecutable) == [true, false])
    }

    @Test("the command line gets file, arguments and a heap that follows the memory limit")
    func commandLine() throws {
        let manifest = try parse(Self.full)
        var limits = Limits.standard
        limits.memoryBytes = 256 << 20
        #expect(
            manifest.commandLine(arguments: ["a", "{entrypoint}"], limits: limits)
                == ["/usr/bin/lang", "--heap=128", "main.l", "a", "{entrypoint}"])
        #expect(
            manifest.commandLine(entrypoint: "sub/other.l", limits: limits).last == "sub/other.l")
    }

    @Test("an unknown key is refused with file, line and key")
    func unknownKey() throws {
        let top = try #require(failure(Self.full + "\ncolour: red"))
        #expect(top.code == .configurationInvalid)
        #expect(top.message.hasPrefix("lang/manifest.yaml:25: colour: unknown key"))
        let nested = try #require(
            failure(Self.full.replacingOccurrences(of: "suite: trixie", with: "sweet: trixie")))
        #expect(nested.message.hasPrefix("lang/manifest.yaml:13: image.sweet: unknown key"))
        #expect(nested.field == "image.sweet")
        let limit = try #require(
            failure(Self.full.replacingOccurrences(of: "wall_ms", with: "wall_s")))
        #expect(limit.message.contains("limits.wall_s: unknown key; known here: wall_ms"))
    }

    @Test(
        "a value of the wrong kind is refused by its key",
        arguments: [
            ("name: lang", "name: [lang]", "name: must be a string"),
            ("name: lang", "name: Lang/x", "name: 'Lang/x' must be lower-case"),
            ("version: 1.10", "version: \"1..2\"", "version: '1..2' must be like"),
            (
                "entrypoint: main.l", "entrypoint: ../main.l",
                "entrypoint: must be a plain file name"
            ),
            ("[/usr/bin/lang, \"--heap", "[lang, \"--heap", "command: must begin with an absolute"),
            ("\"{entrypoint}\"]", "main.l]", "command: must contain {entrypoint} once"),
            ("memory_bytes: 1000000", "memory_bytes: lots", "limits.memory_bytes: must be a whole"),
            ("memory_bytes: 1000000", "memory_bytes: -1", "limits.memory_bytes: must not be"),
            ("cpus: 0.5", "cpus: 0", "limits.cpus: must be above 0"),
            ("least_bytes: 8388608", "least_bytes: 1", "memory.least_bytes: must be at least"),
            ("least: 12", "least: 0", "processes.least: must be at least 1"),
            ("least: 24", "least: 15", "open_files.least: must be at least 16"),
            ("least: 12", "most: 12", "processes.most: unknown key"),
            ("heap_percent: 50", "heap_percent: 0", "memory.heap_percent: must be from 1"),
            ("kind: node", "kind: perl", "zygote.kind: 'perl' must be python or node"),
            ("[a.b, c]", "[a b]", "zygote.preload[0]: 'a b' must be a module's name"),
            ("\"L_*\"", "\"L*_\"", "zygote.exec_for_environment[0]: 'L*_' must be a variable's"),
            ("off: true", "off: 3", "zygote.off: must be true or false"),
            ("[lang, libc-bin]", "[lang, --option]", "image.packages[1]: '--option' must be"),
            ("[lang, libc-bin]", "lang", "image.packages: must be a list"),
            ("usr/share/games", "/usr/share/games", "image.exclude[0]: '/usr/share/games' must be"),
            ("to: usr/bin/x", "to: ../x", "image.wheels[0].files[0].to: '../x' must be"),
            ("executable: true", "executable: 7", "files[0].executable: must be true or false"),
            (String(repeating: "a", count: 64), "abc", "image.wheels[0].sha256: must be a list of"),
            ("usr/bin/l: lang", "\"../l\": lang", "'../l' must be relative"),
            ("[[/usr/bin/lang, --warm]]", "[[lang]]", "image.prepare[0]: must begin with"),
        ])
    func wrongValue(right: String, wrong: String, message: String) throws {
        #expect(Self.full.contains(right))
        let error = try #require(
            failure(Self.full.replacingOccurrences(of: right, with: wrong)))
        #expect(error.code == .configurationInvalid)
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test(
        "a missing key is named", arguments: ["name", "version", "entrypoint", "command", "image"])
    func missingKey(key: String) throws {
        let text = Scratch.manifest("lang").split(separator: "\n")
            .filter { !$0.hasPrefix("\(key):") }.joined(separator: "\n")
        let error = try #require(failure(text))
        #expect(error.message.contains("the key '\(key)' is missing"), "\(error.message)")
    }

    @Test("broken YAML, a key given twice and an empty file are errors that name the file")
    func notYAML() throws {
        for text in ["name: [", "name: a\nname: b", ""] {
            let error = try #require(failure(text))
            #expect(error.code == .configurationInvalid)
            #expect(error.message.contains("lang/manifest.yaml"))
        }
    }

    @Test("without the key there is no zygote, and with it its kind must be named")
    func zygoteIsOptional() throws {
        #expect(try parse(Scratch.manifest("lang")).zygote == nil)
        let error = try #require(failure(Scratch.manifest("lang") + "\nzygote: {off: false}\n"))
        #expect(error.message.contains("the key 'kind' is missing"), "\(error.message)")
    }

    @Test(
        "a variable's pattern is a name, or the beginning of one",
        arguments: [
            ("TZ", "TZ", true), ("TZ", "TZDIR", false), ("TZ*", "TZDIR", true),
            ("LC_*", "LC_ALL", true), ("LC_*", "LC", false), ("*", "ANY", true),
        ])
    func patterns(pattern: String, name: String, matches: Bool) throws {
        #expect(try #require(VariablePattern(pattern)).matches(name) == matches)
    }

    @Test("what is no pattern is refused", arguments: ["", "A*B", "**", "A B", "A=B", "A\u{0}"])
    func badPatterns(text: String) {
        #expect(VariablePattern(text) == nil)
    }

    @Test("a job needs an interpreter of its own if it changes what is read at the start")
    func needsExec() {
        let zygote = RuntimeZygote(
            kind: .python,
            execForEnvironment: ["PYTHON*", "LANG"].compactMap { VariablePattern($0) })
        let standard = ["LANG": "C.UTF-8", "PATH": "/usr/bin"]
        #expect(!zygote.needsExec(for: [:], over: standard))
        #expect(!zygote.needsExec(for: ["MODE": "x", "PATH": "/x"], over: standard))
        #expect(!zygote.needsExec(for: ["LANG": "C.UTF-8"], over: standard))
        #expect(zygote.needsExec(for: ["LANG": "de_DE.UTF-8"], over: standard))
        #expect(zygote.needsExec(for: ["PYTHONHASHSEED": "0"], over: standard))
    }

    @Test("an image recipe without any content is refused")
    func emptyRecipe() throws {
        let text = Scratch.manifest("lang").replacingOccurrences(
            of: "{packages: [lang]}", with: "{}")
        #expect(try #require(failure(text)).message.contains("at least one of packages and wheels"))
    }
}

import Foundation
import Glibc

/// One program of `Tests/Fidelity`, with its sidecar.
struct FidelityProgram: Sendable {
    /// The languages with programs there.
    static let languages: [Language] = [.python, .node]

    /// The programs run in this many parts, each within a test's time limit even on a busy machine.
    static let slices = 4

    /// Every slice has programs of every kind; of all, or of those that `scripts/fidelity` names.
    static func slice(_ slice: Int, of programs: [FidelityProgram]) -> [FidelityProgram] {
        programs.sorted { $0.name < $1.name }.enumerated()
            .filter { $0.offset % slices == slice && isChosen($0.element.name) }.map(\.element)
    }

    /// Shell patterns separated by spaces, such as `python/exit_*`.
    private static let patterns =
        ProcessInfo.processInfo.environment["CODEBOX_FIDELITY"]?.split(separator: " ") ?? []

    private static func isChosen(_ name: String) -> Bool {
        patterns.isEmpty || patterns.contains { fnmatch(String($0), name, 0) == 0 }
    }

    static let folder: URL = {
        let here = URL(fileURLWithPath: #filePath)
        let tests = (0..<3).reduce(here) { url, _ in url.deletingLastPathComponent() }
        return tests.appendingPathComponent("Fidelity")
    }()

    /// The file `NAME.json` beside a program. All of its fields are optional.
    private struct Sidecar: Decodable {
        var args: [String]?
        var env: [String: String]?
        var stdin: Content?
        var files: [String: Content]?
        var limits: [String: Int]?
        var forked: Bool?
        var entrypoint: String?
        var ownZygote: Bool?

        enum CodingKeys: String, CodingKey {
            case args, env, stdin, files, limits, forked, entrypoint
            case ownZygote = "own_zygote"
        }
    }

    /// Text, or any bytes as `{"base64": …}`.
    private struct Content: Decodable {
        var bytes: [UInt8]

        private struct Encoded: Decodable {
            var base64: Data
        }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                bytes = Array(text.utf8)
            } else {
                bytes = Array(try Encoded(from: decoder).base64)
            }
        }
    }

    let language: Language
    /// As `differences.json` calls it: `python/exit_text.py`.
    let name: String
    let entrypoint: String
    /// All files in the workspace, including the program.
    let files: [String: [UInt8]]
    let args: [String]
    let env: [String: String]
    let stdin: [UInt8]
    /// Other than the default ones, by their names in the API.
    let limits: [String: Int]
    /// False if something in the program requires a fresh interpreter.
    let mayFork: Bool
    /// Its zygote has variables of its own and is started because the program runs; until it is up,
    /// the program is exec'ed.
    let hasOwnZygote: Bool

    static func all(of language: Language) throws -> [FidelityProgram] {
        let programs = folder.appendingPathComponent(language.rawValue)
        return try FileManager.default.contentsOfDirectory(
            at: programs, includingPropertiesForKeys: nil
        )
        .filter { $0.pathExtension != "json" }
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
        .map { try FidelityProgram(language, at: $0) }
    }

    private init(_ language: Language, at url: URL) throws {
        let beside = url.deletingPathExtension().appendingPathExtension("json")
        var sidecar = Sidecar()
        if let data = try? Data(contentsOf: beside) {
            sidecar = try JSONDecoder().decode(Sidecar.self, from: data)
        }
        self.language = language
        name = "\(language.rawValue)/\(url.lastPathComponent)"
        entrypoint = sidecar.entrypoint ?? "main.\(url.pathExtension)"
        var files = (sidecar.files ?? [:]).mapValues(\.bytes)
        files[entrypoint] = Array(try Data(contentsOf: url))
        self.files = files
        args = sidecar.args ?? []
        env = sidecar.env ?? [:]
        stdin = sidecar.stdin?.bytes ?? []
        limits = sidecar.limits ?? [:]
        mayFork = sidecar.forked ?? true
        hasOwnZygote = sidecar.ownZygote ?? false
    }

    /// The entry file as the interpreter's argument; a name that begins with '-' is no option.
    var argument: String { entrypoint.hasPrefix("-") ? "./" + entrypoint : entrypoint }

    /// The request's body: the source as text if it is text, as most clients send it.
    var body: JSONValue {
        var members: [String: JSONValue] = [
            "runtime": .string(language.rawValue), "entrypoint": .string(entrypoint),
            "args": .array(args.map { .string($0) }), "env": .object(env.mapValues { .string($0) }),
            "stdin": .object(Self.encoded(stdin)),
            "limits": .object(limits.mapValues { .number(Double($0)) }),
        ]
        var files = files
        if let source = files[entrypoint].flatMap({ String(validating: $0, as: UTF8.self) }) {
            members["source"] = .string(source)
            files[entrypoint] = nil
        }
        members["files"] = .array(
            files.map { path, content in
                .object(Self.encoded(content).merging(["path": .string(path)]) { $1 })
            })
        return .object(members)
    }

    private static func encoded(_ bytes: [UInt8]) -> [String: JSONValue] {
        ["content": .string(Data(bytes).base64EncodedString()), "encoding": "base64"]
    }
}

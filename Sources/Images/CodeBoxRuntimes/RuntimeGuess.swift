package import CodeBoxCore

/// Guesses the runtime of a program from its file name or its `#!` line.
///
/// The runtimes' own manifests decide: a name fits if it ends as the manifest's `entrypoint` does,
/// or if its ending is the runtime's name or an alias. An alias that has another `entrypoint` fits
/// names that end as that does. The interpreter of a `#!` line fits if it is
/// the runtime's name, an alias or the file name of its command, with or without a version.
package struct RuntimeGuess {
    private let manifests: [RuntimeManifest]

    package init(_ manifests: [RuntimeManifest]) {
        self.manifests = manifests
    }

    /// - Parameters:
    ///   - name: the program's file name or path; nil for standard input.
    ///   - content: the program.
    /// - Returns: the runtime's name, or an alias that has another `entrypoint`.
    /// - Throws: `invalidRequest`, naming what was looked at and which runtimes there are.
    package func runtime(name: String?, content: [UInt8]) throws(CodeBoxError) -> String {
        let ending = name.flatMap(Self.ending)
        let interpreter = Self.interpreter(content)
        for fitting in [ending.map(runtimes(ending:)), interpreter.map(runtimes(interpreter:))] {
            guard let fitting, let first = fitting.first else { continue }
            if fitting.count == 1 { return first }
            throw failure("\(Self.list(fitting)) can all run it")
        }
        throw failure(Self.looked(name, ending: ending, interpreter: interpreter))
    }

    private func runtimes(ending: String) -> [String] {
        manifests.compactMap { manifest in
            let alias = manifest.aliasEntrypoints.sorted { $0.key < $1.key }
                .first { Self.ending($0.value) == ending }
            if let alias { return alias.key }
            let fits = Self.ending(manifest.entrypoint) == ending || manifest.answers(to: ending)
            return fits ? manifest.name : nil
        }.sorted()
    }

    private func runtimes(interpreter: String) -> [String] {
        let exact = names { $0.answers(to: interpreter) || $0.program == interpreter }
        guard exact.isEmpty else { return exact }
        let plain = Self.withoutVersion(interpreter)
        return names { $0.answers(to: plain) || Self.withoutVersion($0.program) == plain }
    }

    private func names(where fits: (RuntimeManifest) -> Bool) -> [String] {
        manifests.filter(fits).map(\.name).sorted()
    }

    private func failure(_ reason: String) -> CodeBoxError {
        let names = manifests.map(\.name).sorted()
        let choice =
            names.isEmpty
            ? "there are no runtimes here; run: codebox runtime build"
            : "name one with --runtime: \(Self.list(names))"
        return CodeBoxError(
            .invalidRequest, "can't guess the runtime: \(reason); \(choice)", field: "runtime")
    }

    private static func looked(_ name: String?, ending: String?, interpreter: String?) -> String {
        let file =
            switch (name, ending) {
            case (nil, _): "standard input has no name"
            case (_, let ending?): "no runtime's programs end with .\(ending)"
            case (let name?, nil): "'\(fileName(name))' has no extension"
            }
        let line =
            interpreter.map { "its #! line names '\($0)', which is no runtime" }
            ?? "it has no #! line"
        return "\(file), and \(line)"
    }

    // MARK: Reading names

    private static func fileName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// `py` for `jobs/main.py`; nil without an ending.
    private static func ending(_ path: String) -> String? {
        let parts = fileName(path).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last, !last.isEmpty else { return nil }
        return last.lowercased()
    }

    private static let longestLine = 256

    /// `python3` for `#!/usr/bin/env -S python3 -u`; nil without a `#!` line.
    private static func interpreter(_ content: [UInt8]) -> String? {
        guard content.starts(with: Array("#!".utf8)) else { return nil }
        let line = content.prefix(longestLine).dropFirst(2).prefix { $0 != UInt8(ascii: "\n") }
        let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard let first = words.first.map({ fileName(String($0)) }) else { return nil }
        guard first == "env" else { return first }
        // What follows `env`: its options, then variables, then the interpreter.
        let program = words.dropFirst().first { !$0.hasPrefix("-") && !$0.contains("=") }
        return program.map { fileName(String($0)) }
    }

    /// `python` for `python3.13`.
    private static func withoutVersion(_ name: String) -> String {
        var name = Substring(name)
        while let last = name.last, last.isNumber || last == "." || last == "-" {
            name.removeLast()
        }
        return String(name)
    }

    private static func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " or " + last
    }
}

extension RuntimeManifest {
    fileprivate func answers(to word: String) -> Bool {
        name == word || aliases.contains(word)
    }

    /// File name of the interpreter.
    fileprivate var program: String {
        command.first?.split(separator: "/").last.map(String.init) ?? ""
    }
}

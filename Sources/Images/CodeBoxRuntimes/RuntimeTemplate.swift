package import CodeBoxCore
import Foundation
import Glibc

/// Writes the folder of a new runtime, which can be built and tested as it is.
package struct RuntimeTemplate: Sendable {
    private let name: String
    /// Path inside the folder: content.
    private let files: [String: String]

    /// A runtime on dash, the smallest that does something.
    /// - Throws: `configurationInvalid` if a runtime can't have that name.
    package init(name: String) throws(CodeBoxError) {
        try Self.check(name)
        self.name = name
        files = ["manifest.yaml": Self.manifest(name), "tests/cases.yaml": Self.cases(name)]
    }

    /// A copy of a runtime under another name: its manifest, without its aliases, and its tests.
    /// - Throws: `configurationInvalid` if a runtime can't have that name or a file can't be read.
    package init(name: String, from original: RuntimeFolder) throws(CodeBoxError) {
        try Self.check(name)
        self.name = name
        var files: [String: String] = [:]
        let tests = original.path + "/tests"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: tests)) ?? []
        for file in names where !File.isDirectory(tests + "/" + file) {
            files["tests/" + file] = try RuntimeFolder.read(tests + "/" + file)
        }
        files["manifest.yaml"] = try Self.renamed(original, to: name)
        self.files = files
    }

    /// Writes the folder. It appears whole or not at all.
    /// - Parameter directory: the runtimes directory, which is created if it is missing.
    /// - Returns: the folder's path.
    /// - Throws: `configurationInvalid` if there is such a folder already; `imageFailed` if it
    ///   can't be written.
    package func write(in directory: String) throws(CodeBoxError) -> String {
        let folder = directory + "/" + name
        guard !FileManager.default.fileExists(atPath: folder) else {
            throw CodeBoxError(
                .configurationInvalid, "\(folder) is there already; choose another name")
        }
        try File.createDirectory(directory)
        let draft = directory + "/.\(name).\(getpid())"
        do throws(CodeBoxError) {
            try File.createDirectory(draft + "/tests")
            for (path, text) in files { try File.write(text, to: draft + "/" + path) }
            try File.rename(draft, to: folder)
        } catch {
            try? File.removeTree(draft)
            throw error
        }
        return folder
    }

    private static func check(_ name: String) throws(CodeBoxError) {
        guard RuntimeManifest.isName(name) else {
            throw CodeBoxError(
                .configurationInvalid,
                "'\(name)' can't be a runtime's name: use lower-case letters, digits, '-', '_' and "
                    + "'.', at most 64, beginning with a letter or a digit")
        }
    }

    /// The manifest's text with another `name` and without `aliases`, which belong to the original.
    private static func renamed(
        _ original: RuntimeFolder, to name: String
    ) throws(CodeBoxError) -> String {
        var isAlias = false
        let lines = original.manifestText.split(separator: "\n", omittingEmptySubsequences: false)
            .compactMap { line -> String? in
                // A value that is continued on the next lines is indented.
                isAlias = line.hasPrefix("aliases:") || isAlias && line.first?.isWhitespace == true
                if isAlias { return nil }
                return line.hasPrefix("name:") ? "name: \(quoted(name))" : String(line)
            }
        let text = lines.joined(separator: "\n")
        let copy = try RuntimeManifest(yaml: text, file: original.path + "/manifest.yaml")
        guard copy.name == name, copy.aliases.isEmpty else {
            throw CodeBoxError(
                .configurationInvalid,
                "\(original.path)/manifest.yaml can't be copied: write name and aliases as keys at "
                    + "the beginning of a line")
        }
        return text
    }

    /// A name such as `1.0` or `no` would be a number or a truth value in YAML.
    private static func quoted(_ name: String) -> String { "\"\(name)\"" }
}

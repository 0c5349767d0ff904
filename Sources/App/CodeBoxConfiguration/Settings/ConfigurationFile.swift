package import CodeBoxCore
import Configuration
import Foundation
import Yams

/// A configuration file, read whole and checked for unknown keys.
package struct ConfigurationFile: Sendable {
    package let path: String
    let provider: InMemoryProvider

    /// - Throws: `configurationInvalid` when the file can't be read, is not YAML, or has a key that
    ///   is no setting.
    package init(path: String) throws(CodeBoxError) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw CodeBoxError(
                .configurationInvalid, "can't read the configuration file \(path)",
                cause: "\(error.localizedDescription)")
        }
        try self.init(path: path, text: String(decoding: data, as: UTF8.self))
    }

    package init(path: String, text: String) throws(CodeBoxError) {
        self.path = path
        do {
            let root = try Yams.compose(yaml: text)
            // A file of comments alone is a file without settings.
            let isEmpty = root.map { $0.scalar?.string.isEmpty ?? false } ?? true
            if !isEmpty, let root { try Self.checkKeys(root, path: path) }
            let bytes = Array((isEmpty ? "{}" : text).utf8)
            let snapshot = try YAMLSnapshot(
                data: bytes.span.bytes, providerName: path, parsingOptions: .default)
            // The library's file provider needs asynchronous code, and the supervisor reads its
            // settings before any of that begins.
            provider = InMemoryProvider(name: path, values: try Self.values(snapshot))
        } catch let error as CodeBoxError {
            throw error
        } catch {
            throw CodeBoxError(
                .configurationInvalid, "the configuration file \(path) is not valid YAML: \(error)")
        }
    }

    private static func values(_ snapshot: YAMLSnapshot) throws -> [AbsoluteConfigKey: ConfigValue]
    {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for row in Settings.rows {
            let path = AbsoluteConfigKey(row.components)
            values[path] = try snapshot.value(forKey: path, type: .string).value
        }
        return values
    }

    private static func checkKeys(_ root: Node, path: String) throws {
        guard let mapping = root.mapping else {
            throw CodeBoxError(
                .configurationInvalid,
                "the configuration file \(path) must be a mapping of settings to values")
        }
        try checkKeys(of: mapping, under: [], path: path)
    }

    private static func checkKeys(of mapping: Node.Mapping, under prefix: [String], path: String)
        throws
    {
        for (node, value) in mapping {
            let name = (prefix + [node.string ?? "?"]).joined(separator: ".")
            let line = node.mark.map { ":\($0.line)" } ?? ""
            if Settings.row(name) != nil {
                guard value.scalar != nil else {
                    throw CodeBoxError(
                        .configurationInvalid, "\(path)\(line): '\(name)' takes one value")
                }
                continue
            }
            let isGroup = Settings.rows.contains { $0.key.hasPrefix(name + ".") }
            guard isGroup else { throw unknown(name, at: path + line) }
            guard let inner = value.mapping else {
                throw CodeBoxError(
                    .configurationInvalid, "\(path)\(line): '\(name)' holds settings, not a value")
            }
            try checkKeys(of: inner, under: prefix + [node.string ?? "?"], path: path)
        }
    }

    private static func unknown(_ name: String, at place: String) -> CodeBoxError {
        CodeBoxError(
            .configurationInvalid,
            "\(place): unknown setting '\(name)'; `codebox config` lists all settings",
            field: name)
    }
}

import CodeBoxCore
import Yams

/// A part of a YAML file with its position, so that every error names file, line and key. All
/// errors have the code `configurationInvalid`.
struct YAMLValue {
    let file: String
    /// Keys from the top, e.g. `image.wheels[0].version`; empty at the top.
    let path: String
    private let node: Node
    /// Line of the key, or of an item of a list; from 1.
    private let line: Int?

    /// Parses a whole file.
    init(text: String, file: String) throws(CodeBoxError) {
        self.file = file
        path = ""
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw CodeBoxError(.configurationInvalid, "\(file) is empty")
            }
            self.node = node
            line = nil
        } catch let error as CodeBoxError {
            throw error
        } catch {
            throw CodeBoxError(
                .configurationInvalid, "\(file) is not valid YAML: \(String(describing: error))")
        }
    }

    private init(_ node: Node, line: Int?, file: String, path: String) {
        self.node = node
        self.line = line
        self.file = file
        self.path = path
    }

    func failure(_ why: String) -> CodeBoxError {
        let line = line.map { ":\($0)" } ?? ""
        let key = path.isEmpty ? "" : "\(path): "
        return CodeBoxError(
            .configurationInvalid, "\(file)\(line): \(key)\(why)", field: path.isEmpty ? nil : path)
    }

    func string() throws(CodeBoxError) -> String {
        guard case .scalar(let scalar) = node else { throw failure("must be a string") }
        return scalar.string
    }

    func integer() throws(CodeBoxError) -> Int {
        guard case .scalar = node, let value = node.int else {
            throw failure("must be a whole number")
        }
        return value
    }

    func number() throws(CodeBoxError) -> Double {
        guard case .scalar = node, let value = node.float, value.isFinite else {
            throw failure("must be a number")
        }
        return value
    }

    func boolean() throws(CodeBoxError) -> Bool {
        guard case .scalar = node, let value = node.bool else {
            throw failure("must be true or false")
        }
        return value
    }

    func list() throws(CodeBoxError) -> [YAMLValue] {
        guard case .sequence(let sequence) = node else { throw failure("must be a list") }
        return sequence.enumerated().map { index, node in
            YAMLValue(node, line: node.mark?.line, file: file, path: "\(path)[\(index)]")
        }
    }

    func strings() throws(CodeBoxError) -> [String] {
        var strings: [String] = []
        for value in try list() { strings.append(try value.string()) }
        return strings
    }

    func stringMap() throws(CodeBoxError) -> [String: String] {
        var map: [String: String] = [:]
        for (key, value) in try entries() { map[key] = try value.string() }
        return map
    }

    /// Keys and values in the file's order; YAML itself refuses a key given twice.
    func entries() throws(CodeBoxError) -> [(key: String, value: YAMLValue)] {
        guard case .mapping(let mapping) = node else {
            throw failure("must be a mapping of keys to values")
        }
        var entries: [(key: String, value: YAMLValue)] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else { throw failure("keys must be strings") }
            let below = path.isEmpty ? scalar.string : "\(path).\(scalar.string)"
            let value = YAMLValue(value, line: key.mark?.line, file: file, path: below)
            entries.append((scalar.string, value))
        }
        return entries
    }

    /// The values by key; keys other than `allowed` are refused.
    func fields(_ allowed: [String]) throws(CodeBoxError) -> YAMLFields {
        var fields: [String: YAMLValue] = [:]
        for (key, value) in try entries() {
            guard allowed.contains(key) else {
                throw value.failure("unknown key; known here: \(allowed.joined(separator: ", "))")
            }
            fields[key] = value
        }
        return YAMLFields(owner: self, values: fields)
    }
}

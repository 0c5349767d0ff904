/// One event as one line, whatever characters it contains.
package struct LogLine: Sendable, Hashable {
    package struct Field: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// RFC 3339.
    package var time: String
    package var level: String
    package var label: String
    package var message: String
    package var fields: [Field]

    package init(time: String, level: String, label: String, message: String, fields: [Field]) {
        self.time = time
        self.level = level
        self.label = label
        self.message = message
        self.fields = fields
    }

    /// `time level label: message name=value …`. Control characters are escaped, so that a client
    /// can't forge a line or control a terminal.
    package var text: String {
        var line = "\(time) \(level) \(label): \(TerminalText.escaped(message))"
        for field in fields {
            let value = TerminalText.escaped(field.value)
            let isPlain = !value.isEmpty && !value.contains { $0 == " " || $0 == "\"" || $0 == "=" }
            line += " \(field.name)=" + (isPlain ? value : Self.quoted(field.value))
        }
        return line
    }

    /// One JSON object with the fields beside `time`, `level`, `label` and `message`.
    package var json: String {
        var members = [("time", time), ("level", level), ("label", label), ("message", message)]
        let taken = Set(members.map(\.0))
        members += fields.map { (taken.contains($0.name) ? "field_" + $0.name : $0.name, $0.value) }
        return "{"
            + members.map { Self.quoted($0.0) + ":" + Self.quoted($0.1) }.joined(separator: ",")
            + "}"
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            default: out += TerminalText.escape(scalar) ?? String(scalar)
            }
        }
        return out + "\""
    }
}

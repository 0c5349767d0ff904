import CodeBoxCore
import Glibc
import Logging

/// Writes one line per log event to stderr.
struct LineLogHandler: LogHandler {
    let label: String
    let isJSON: Bool
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata
        if let own = event.metadata { fields.merge(own) { _, new in new } }
        var pairs = fields.map { ($0.key, "\($0.value)") }.sorted { $0.0 < $1.0 }
        if let error = event.error { pairs.append(("error", "\(error)")) }
        let line = LogLine(
            time: Timestamp.now.rfc3339, level: event.level.rawValue, label: label,
            message: "\(event.message)",
            fields: pairs.map { LogLine.Field(name: $0.0, value: $0.1) })
        Console.error(isJSON ? line.json : line.text)
    }

    /// Installs this handler for the process.
    static func bootstrap(level: String, format: String) {
        let level = Logger.Level(rawValue: level) ?? .info
        LoggingSystem.bootstrap { label in
            LineLogHandler(label: label, isJSON: format == "json", logLevel: level)
        }
    }
}

import Foundation

/// A unit file, read as far as the tests need it: one section's names are not another's here.
struct SystemdUnit {
    static let packaged =
        URL(fileURLWithPath: Installation.runtimes).deletingLastPathComponent()
        .appendingPathComponent("packaging/systemd/codebox.service").path

    let text: String
    private var values: [String: [String]] = [:]

    init(path: String) throws {
        text = try String(contentsOfFile: path, encoding: .utf8)
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            values[String(line[..<equals]), default: []]
                .append(String(line[line.index(after: equals)...]))
        }
    }

    /// Every value that a name is given, in order.
    subscript(name: String) -> [String] { values[name] ?? [] }
}

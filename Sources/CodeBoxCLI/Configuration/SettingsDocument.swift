/// The table of settings as Markdown, for the documentation.
package enum SettingsDocument {
    package static func lines(_ table: SettingsTable) -> [String] {
        var lines = [
            "| setting | flag | environment | default | unit | meaning |",
            "|---|---|---|---|---|---|",
        ]
        for row in table.rows {
            let name = row.key.ceilingName.map { " \($0)=" } ?? ""
            let cells = [
                "`\(row.key.rawValue)`", "`--\(row.key.flag)\(name)`",
                "`\(row.key.environmentVariable)`", row.defaultNote ?? row.defaultText,
                row.kind.unit, row.meaning,
            ]
            let escaped = cells.map { $0.split(separator: "|", omittingEmptySubsequences: false) }
            lines.append(
                "| " + escaped.map { $0.joined(separator: "\\|") }.joined(separator: " | ") + " |")
        }
        return lines
    }
}

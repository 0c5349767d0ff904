/// The table of settings as Markdown, for docs/operations.md.
package enum SettingsDocument {
    package static let lines: [String] =
        ["| setting | default | meaning |", "|---|---|---|"]
        + Settings.rows.map { row in
            let cells = ["`\(row.key)`", row.standard.note, row.meaning]
            return "| " + cells.map(escaped).joined(separator: " | ") + " |"
        }

    private static func escaped(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}

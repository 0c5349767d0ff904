/// Rows of text in aligned columns, two spaces apart. Colour codes have no width.
package struct TextTable: Sendable {
    package var header: [String]
    package var rows: [[String]] = []

    package init(_ header: [String]) {
        self.header = header
    }

    package mutating func add(_ row: [String]) {
        rows.append(row)
    }

    /// Returns the table with each cell made fit for a terminal. It is for cells that a client or a
    /// server chose, and must not have colours yet.
    package func escaped() -> TextTable {
        var table = self
        table.rows = rows.map { $0.map { TerminalText.escaped($0) } }
        return table
    }

    /// Lines without trailing spaces; the header is left out when it is empty.
    package func lines() -> [String] {
        let all = header.isEmpty ? rows : [header] + rows
        let columns = all.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            all.map { column < $0.count ? Self.width($0[column]) : 0 }.max() ?? 0
        }
        return all.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                guard column < row.count - 1 else { continue }
                line += String(repeating: " ", count: widths[column] - Self.width(cell) + 2)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private static func width(_ cell: String) -> Int {
        var width = 0
        var isEscape = false
        for character in cell {
            if character == "\u{1b}" {
                isEscape = true
            } else if isEscape {
                isEscape = character != "m"
            } else {
                width += 1
            }
        }
        return width
    }
}

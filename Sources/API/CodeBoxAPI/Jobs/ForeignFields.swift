/// Names that other services give to the parts of a program, and what a client of CodeBox writes
/// instead.
///
/// They are the fields of Piston, Judge0, SandboxFusion, go-judge, Dify, E2B and of common MCP
/// tools, and what people guess.
struct ForeignFields {
    /// A row of the table.
    struct Row {
        /// CodeBox's own field, as a path into a job; nil if CodeBox has none.
        let field: String?
        /// What else the client must know.
        let note: String?
        /// The other services' names; letter case, `_` and `-` do not matter.
        let names: [String]

        init(_ field: String?, _ note: String? = nil, _ names: [String]) {
            self.field = field
            self.note = note
            self.names = names
        }
    }

    private let sentences: [String: String]

    /// - Parameter within: the beginning of the rows' paths that the object itself stands for:
    ///   `limits.` for the fields of a job's `limits`.
    init(_ rows: [Row], within: String = "") {
        var sentences: [String: String] = [:]
        for row in rows {
            for name in row.names { sentences[Self.plain(name)] = Self.sentence(row, within) }
        }
        self.sentences = sentences
    }

    /// What to write instead of a name, as the rest of a sentence; nil for an unknown one.
    func remedy(for name: String) -> String? {
        // No name in the table is as long, and a client may send megabytes.
        name.utf8.count > 64 ? nil : sentences[Self.plain(name)]
    }

    private static func plain(_ name: String) -> String {
        name.lowercased().filter { $0 != "_" && $0 != "-" }
    }

    private static func sentence(_ row: Row, _ within: String) -> String {
        guard let field = row.field else { return row.note ?? "leave it out" }
        let own = field.hasPrefix(within) ? String(field.dropFirst(within.count)) : field
        return "CodeBox calls it `\(own)`" + (row.note.map { ", \($0)" } ?? "")
    }
}

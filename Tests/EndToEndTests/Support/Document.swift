import Foundation

/// The commands in a Markdown document's fenced `sh` and `console` blocks.
///
/// An `sh` block has a command on each line. In a `console` block, a command follows `$ `, and the
/// lines up to the next one are its output.
struct Document {
    struct Command: Sendable, CustomStringConvertible {
        var text: String
        /// nil where the document does not show the output.
        var output: [String]?

        var description: String { text }
    }

    let commands: [Command]

    init(_ markdown: String) {
        var commands: [Command] = []
        var language: Substring?
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                language = language == nil ? line.dropFirst(3) : nil
            } else if language == "sh", !line.isEmpty {
                commands.append(Command(text: String(line)))
            } else if language == "console", line.hasPrefix("$ ") {
                commands.append(Command(text: String(line.dropFirst(2)), output: []))
            } else if language == "console", !commands.isEmpty {
                commands[commands.count - 1].output?.append(String(line))
            }
        }
        self.commands = commands
    }
}

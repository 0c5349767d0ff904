package import CodeBoxCore

/// One `--file`: a file of this machine and its place in the job's workspace.
package struct FileArgument: Sendable, Hashable {
    /// The file to read.
    package var local: String
    /// The path in the workspace.
    package var path: String

    /// Parses `PATH=LOCAL`, or `LOCAL`, which keeps its relative path, or only its name if it is
    /// not below the current folder.
    /// - Throws: `invalidRequest` if either is empty.
    package init(_ text: String) throws(CodeBoxError) {
        if let equals = text.firstIndex(of: "=") {
            path = String(text[..<equals])
            local = String(text[text.index(after: equals)...])
        } else {
            local = text
            let parts = text.split(separator: "/").filter { $0 != "." }
            let isBelow = !text.hasPrefix("/") && !parts.contains("..")
            path = isBelow ? parts.joined(separator: "/") : String(parts.last ?? "")
        }
        guard !path.isEmpty, !local.isEmpty else {
            throw CodeBoxError(.invalidRequest, "--file '\(text)' is neither FILE nor PATH=FILE")
        }
    }
}

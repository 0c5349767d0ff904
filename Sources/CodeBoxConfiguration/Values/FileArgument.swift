package import CodeBoxCore

/// One `--file`: a file of this machine and its place in the job's workspace.
package struct FileArgument: Sendable, Hashable {
    /// Where it is read from.
    package var local: String
    /// Where it lies in the workspace.
    package var path: String

    /// `LOCAL`, which keeps its relative path, or its name alone when it is not below the current
    /// folder; or `PATH=LOCAL`.
    /// - Throws: `invalidRequest` if nothing is left of either.
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

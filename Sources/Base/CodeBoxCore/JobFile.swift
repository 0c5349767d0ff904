/// A file that is put into the job's workspace before its program starts.
package struct JobFile: Codable, Hashable, Sendable {
    /// Relative to the workspace; no `..`, no leading `/`, no NUL; its length is bounded by
    /// ``JobSpec/Bounds/pathBytes``.
    package var path: String
    package var content: [UInt8]

    package init(path: String, content: [UInt8]) {
        self.path = path
        self.content = content
    }
}

import Foundation

/// Reads small files of /proc and /sys.
enum SystemFile {
    /// The text without surrounding white space; nil if there is no such file.
    static func text(_ path: String) -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

import Foundation

/// The text of a program in `Programs/`, which a test runs as a job.
func program(_ name: String) -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Programs")
    let file = folder.appendingPathComponent(name)
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
        fatalError("there is no program \(file.path)")
    }
    return text
}

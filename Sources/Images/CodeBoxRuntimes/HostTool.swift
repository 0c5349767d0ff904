import CodeBoxCore
import Foundation

/// Runs a program of this machine to its end. It blocks, so call it on a build's thread.
struct HostTool {
    /// Program and arguments; the program is looked for in `PATH`.
    var command: [String]
    /// Added to CodeBox's own environment; an empty value removes a variable.
    var environment: [String: String] = [:]
    /// False if the tool gets only ``environment``.
    var inheritsEnvironment = true
    /// What to install when the program is missing.
    var package: String

    /// - Parameters:
    ///   - output: a file for the tool's standard output, which is otherwise read with standard
    ///     error.
    ///   - onLine: called with each line of the tool's output.
    /// - Returns: the last 1,000 lines of its output.
    /// - Throws: `imageFailed` with the last lines if it fails or can't be started.
    @discardableResult
    func run(
        output: String? = nil, cancellation: BuildCancellation,
        onLine: (String) -> Void = { _ in }
    ) throws(CodeBoxError) -> [String] {
        try cancellation.check()
        let process = Process()
        // The tool must not outlive this process, even if this process is killed.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        process.arguments = ["--pdeathsig", "TERM", "--", try located()] + command.dropFirst()
        process.environment = environmentGiven()
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = pipe
        if let output {
            guard FileManager.default.createFile(atPath: output, contents: nil),
                let handle = FileHandle(forWritingAtPath: output)
            else { throw File.failure("create", output) }
            process.standardOutput = handle
        }
        do {
            try process.run()
        } catch {
            throw CodeBoxError(
                .imageFailed, "\(command[0]) can't be started", cause: String(describing: error))
        }
        try? pipe.fileHandleForWriting.close()
        cancellation.started(process.processIdentifier)
        let lines = Self.drain(pipe.fileHandleForReading, onLine)
        process.waitUntilExit()
        cancellation.ended()
        try cancellation.check()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let how = process.terminationReason == .exit ? "exit code" : "signal"
            throw CodeBoxError(
                .imageFailed, "\(command[0]) failed with \(how) \(process.terminationStatus)",
                cause: lines.suffix(12).joined(separator: "\n"))
        }
        return lines
    }

    private func located() throws(CodeBoxError) -> String {
        if command[0].hasPrefix("/") { return command[0] }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders: [Substring] = path.split(separator: ":") + ["/usr/sbin", "/sbin"]
        for folder in folders {
            let candidate = "\(folder)/\(command[0])"
            if access(candidate, X_OK) == 0 { return candidate }
        }
        throw CodeBoxError(
            .imageFailed, "\(command[0]) is not installed; run: apt-get install \(package)")
    }

    private func environmentGiven() -> [String: String] {
        let base = inheritsEnvironment ? ProcessInfo.processInfo.environment : [:]
        return base.merging(environment) { _, new in new }.filter { !$0.value.isEmpty }
    }

    /// Reads to the end, which comes when the last process holding the pipe has ended.
    private static func drain(_ handle: FileHandle, _ onLine: (String) -> Void) -> [String] {
        var lines: [String] = []
        var rest: [UInt8] = []
        func take(_ bytes: [UInt8]) {
            // Progress bars rewrite their line; only the last version matters.
            let text =
                String(decoding: bytes, as: UTF8.self)
                .split(separator: "\r").last.map(String.init) ?? ""
            guard !text.isEmpty else { return }
            lines.append(text)
            if lines.count > 1_000 { lines.removeFirst(500) }
            onLine(text)
        }
        while true {
            let data = handle.availableData
            if data.isEmpty { break }
            rest += data
            while let end = rest.firstIndex(of: 0x0a) {
                take(Array(rest[..<end]))
                rest.removeSubrange(...end)
            }
        }
        take(rest)
        return lines
    }
}

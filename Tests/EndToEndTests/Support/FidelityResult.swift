import Glibc

/// The visible results of a program.
struct FidelityResult: Equatable, Sendable {
    /// The parts that are compared, as `differences.json` calls them.
    enum Part: String, CaseIterable, Decodable, Sendable {
        case stdout, stderr, code
    }

    var stdout: [UInt8]
    var stderr: [UInt8]
    /// The exit code, the signal's name, or the limit that was hit.
    var code: String

    subscript(part: Part) -> [UInt8] {
        switch part {
        case .stdout: stdout
        case .stderr: stderr
        case .code: Array(code.utf8)
        }
    }

    init(stdout: [UInt8], stderr: [UInt8], exit: ChildProcess.Exit) {
        self.stdout = stdout
        self.stderr = stderr
        code =
            switch exit {
            case .code(let code): "\(code)"
            case .signal(let number): Self.signalName(number)
            }
    }

    init(_ job: JobAnswer) {
        stdout = job.stdout.bytes
        stderr = job.stderr.bytes
        code =
            switch job.outcome {
            case "exited": job.exitCode.map { "\($0)" } ?? "no exit code"
            case "signaled": job.signal ?? "no signal"
            default: job.outcome ?? job.state
            }
    }

    /// Names the first line in which a part differs, and shows both versions.
    func difference(from other: FidelityResult, in part: Part) -> String {
        let ours = Self.lines(self[part])
        let theirs = Self.lines(other[part])
        let at = zip(ours, theirs).enumerated().first { $1.0 != $1.1 }?.offset
        let index = at ?? min(ours.count, theirs.count)
        func show(_ lines: [String]) -> String {
            let shown = lines.dropFirst(index).prefix(5).joined(separator: "\n    ")
            return "line \(index + 1) of \(lines.count):\n    \(shown)"
        }
        return "\(part.rawValue) differs\n  bare, \(show(ours))\n  CodeBox, \(show(theirs))"
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false
        )
        .map(String.init)
    }

    /// As the API names it. glibc gives no names to real-time signals.
    private static func signalName(_ number: Int32) -> String {
        let firstRealTime: Int32 = 34
        guard number < firstRealTime else {
            return number == firstRealTime ? "SIGRTMIN" : "SIGRTMIN+\(number - firstRealTime)"
        }
        guard let abbreviation = abbreviate?(number) else { return "signal \(number)" }
        return "SIG" + String(cString: abbreviation)
    }

    /// `sigabbrev_np`, hidden from Swift by glibc's feature macros.
    private static let abbreviate = dlsym(nil, "sigabbrev_np").map {
        unsafeBitCast($0, to: (@convention(c) (Int32) -> UnsafePointer<CChar>?).self)
    }
}

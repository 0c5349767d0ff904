import CodeBoxRuntimes
import Glibc
import Synchronization

/// Shows a build's progress on stderr: a line per step, and on a terminal the tool's latest line.
final class BuildDisplay: Sendable {
    private let name: String
    private let isVerbose: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let hasDetail = Mutex(false)

    init(name: String, isVerbose: Bool) {
        self.name = name
        self.isVerbose = isVerbose
    }

    func show(_ progress: BuildProgress) {
        switch progress {
        case .step(let text):
            end()
            Console.error("\(name): \(text)")
        case .verified(let text):
            end()
            Console.error("\(name): verified: \(text)")
        case .detail(let text) where isVerbose:
            Console.error("  \(text)")
        case .detail(let text):
            guard isTerminal else { return }
            hasDetail.withLock { $0 = true }
            let shown = String(text.unicodeScalars.filter { $0.value >= 0x20 }.map(Character.init))
            let line = Console.errorStyle.paint("  " + String(shown.prefix(width - 3)), .faint)
            Console.write(Array("\r\u{1b}[K\(line)".utf8), to: STDERR_FILENO)
        }
    }

    /// Erases the latest line.
    func end() {
        let shows = hasDetail.withLock { shows in
            defer { shows = false }
            return shows
        }
        if shows { Console.write(Array("\r\u{1b}[K".utf8), to: STDERR_FILENO) }
    }

    private var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 10 else {
            return 80
        }
        return Int(size.ws_col)
    }
}

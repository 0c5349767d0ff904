import CodeBoxRuntimes
import Foundation
import Glibc

/// The program of a local warden's only sandbox, as this process sees it in `/proc`.
///
/// The warden itself can only kill. This process started the warden, so it may signal all that the
/// warden started. It looks at nothing in `/proc` but ids, which the kernel writes.
struct SandboxedProgram {
    /// The warden's pid.
    let warden: pid_t

    private struct Process {
        var pid: pid_t
        var parent: pid_t
        /// The pid in the innermost pid namespace.
        var innermost: pid_t
    }

    /// Sends a signal to the program and to its children that have not left its process group, as a
    /// terminal does. Without a program it does nothing.
    func signal(_ number: CInt) {
        guard let program = find() else { return }
        // The program leads a session of its own, so no process outside the sandbox can be in its
        // group.
        kill(-program, number)
    }

    /// The child of the sandbox's PID 1 that PID 1 started first.
    private func find() -> pid_t? {
        let all = Self.processes()
        let first = all.filter { $0.parent == warden && $0.innermost == 1 }.map(\.pid)
        return all.first { first.contains($0.parent) && $0.innermost == 2 }?.pid
    }

    private static func processes() -> [Process] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.compactMap(process)
    }

    private static func process(_ pid: pid_t) -> Process? {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        else { return nil }
        var process = Process(pid: pid, parent: 0, innermost: 0)
        // A process can't write a line of its own here: the kernel escapes its name.
        for line in text.split(separator: "\n") {
            let fields = line.split(whereSeparator: \.isWhitespace)
            guard let last = fields.last.flatMap({ pid_t($0) }) else { continue }
            if fields[0] == "PPid:" { process.parent = last }
            if fields[0] == "NSpid:" { process.innermost = last }
        }
        return process
    }
}

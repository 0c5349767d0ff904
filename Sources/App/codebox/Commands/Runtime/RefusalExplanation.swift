import CodeBoxCore
import CodeBoxWarden

/// The refused system calls of one test, and what allows each, as `--explain` prints them.
struct RefusalExplanation {
    let denied: [DeniedSyscall]
    let advice: PolicyAdvice

    /// A line for what was refused, and lines below it for what to do about it.
    var lines: [String] {
        guard !denied.isEmpty else { return ["  no system call was refused"] }
        return denied.flatMap { call in
            [
                "  refused: \(call.name) with \(call.errno), "
                    + "\(call.count) \(call.count == 1 ? "time" : "times")"
            ] + change(call.name).map { "    " + $0 }
        }
    }

    private func change(_ name: String) -> [String] {
        guard let change = advice.change(allowing: name) else {
            return ["no policy can name this call"]
        }
        var lines: [String] = []
        if let removal = change.removal { lines.append("to allow it, remove it from \(removal),") }
        lines += [
            (lines.isEmpty ? "to allow it, add" : "and add")
                + " to a group of seccomp.policy that allows calls:",
            "  " + change.line,
        ]
        if change.needsValues {
            lines.append("with the values that the program passes; others are allowed already")
        }
        return lines
    }
}

/// All of `codebox doctor`'s results.
package struct CheckReport: Sendable, Hashable {
    package var results: [CheckResult]

    package init(_ results: [CheckResult]) {
        self.results = results
    }

    /// False when a job could not run, or not safely.
    package var isHealthy: Bool { !results.contains { $0.verdict == .fail } }

    /// One line per check, with its remedy below, and a summary at the end.
    package func lines(_ style: TextStyle) -> [String] {
        var table = TextTable([])
        for result in results {
            table.add([Self.mark(result.verdict, style), result.name, result.detail])
        }
        var lines: [String] = []
        for (line, result) in zip(table.lines(), results) {
            lines.append(line)
            if let remedy = result.remedy { lines.append("      → " + remedy) }
        }
        return lines + [summary(style)]
    }

    private func summary(_ style: TextStyle) -> String {
        let failed = results.count { $0.verdict == .fail }
        let warned = results.count { $0.verdict == .warn }
        let warnings = warned == 0 ? "" : " (\(warned) \(warned == 1 ? "warning" : "warnings"))"
        if failed == 0 { return style.paint("Jobs can run safely here", .green) + warnings + "." }
        let checks = failed == 1 ? "1 check failed" : "\(failed) checks failed"
        return style.paint("Jobs can't run safely here: \(checks)", .red) + warnings + "."
    }

    private static func mark(_ verdict: CheckResult.Verdict, _ style: TextStyle) -> String {
        switch verdict {
        case .ok: style.paint("ok", .green)
        case .warn: style.paint("warn", .yellow)
        case .fail: style.paint("fail", .red)
        }
    }
}

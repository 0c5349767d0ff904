import CodeBoxSandbox
import CodeBoxWarden

/// Checks that cgroups can limit memory, CPU and processes of each sandbox.
enum CgroupCheck {
    static func run() -> CheckResult {
        let report = CgroupReport.current()
        let version = report.version.map { "v\($0.rawValue)" } ?? "unusable"
        if let problem = report.problem {
            return .fail("cgroups", version, remedy: problem)
        }
        var detail = "\(version) with \(report.found.joined(separator: ", "))"
        if let place = report.directories.first {
            let more = report.directories.count - 1
            detail += " in \(place)" + (more > 0 ? " and \(more) more" : "")
        }
        if let note = report.note { detail += "; \(note)" }
        return .ok("cgroups", detail)
    }
}
